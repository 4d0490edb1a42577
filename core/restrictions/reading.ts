import type { FaultCode, NoticeCode } from "./messages.ts";
import { FAULTS, NOTICES } from "./messages.ts";

/** An entry as somebody wrote it, read: what is saved and what it means, or why it can't be. */
export type Reading<Entry> = GoodReading<Entry> | BadReading;

export interface GoodReading<Entry> {
  ok: true;
  /** In canonical form: what is saved. */
  entry: Entry;
  /** The same on one line. */
  text: string;
  /** Who gets through by it, in words. */
  meaning: string;
  notices: Notice[];
}

export interface BadReading {
  ok: false;
  code: FaultCode;
  /** What is wrong and how to write it. */
  message: string;
  /** Entries that can be saved, and may be what was meant. */
  suggestions: string[];
  /** Where in the entry, if not all of it is wrong: `operations.1`. */
  at?: string;
}

/** Something to know about an entry that can be saved. */
export interface Notice {
  code: NoticeCode;
  message: string;
}

export function fault(code: FaultCode, suggestions: string[] = []): BadReading {
  return { ok: false, code, message: FAULTS[code], suggestions };
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * A text without the characters that nobody can see, such as a zero-width space: they come along when it is copied
 * from a page or a chat (Unicode: default-ignorable code points).
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** The reading with a notice where the entry as written, in `texts`, held invisible characters. */
export function notingInvisible<Entry>(reading: Reading<Entry>, ...texts: string[]): Reading<Entry> {
  if (!reading.ok || texts.every((text) => visible(text) === text)) return reading;
  return { ...reading, notices: [notice("invisible-removed"), ...reading.notices] };
}

export function notice(code: NoticeCode): Notice {
  return { code, message: NOTICES[code] };
}
