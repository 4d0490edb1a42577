import type { EntryErrorCode, NoticeCode } from "./messages.ts";
import { ENTRY_ERRORS, NOTICES } from "./messages.ts";

/** The result of parsing an entry: what is saved and what it means, or why it is invalid. */
export type ParsedEntry<Entry> = ValidEntry<Entry> | InvalidEntry;

export interface ValidEntry<Entry> {
  ok: true;
  /** The canonical form, which is saved. */
  entry: Entry;
  /** The canonical form on one line. */
  text: string;
  /** What the entry allows, as a sentence. */
  meaning: string;
  notices: EntryNotice[];
}

export interface InvalidEntry {
  ok: false;
  code: EntryErrorCode;
  /** What is wrong and how to correct it. */
  message: string;
  /** Valid entries that may have been meant. */
  suggestions: string[];
  /** The wrong part of the entry, such as `operations.1`; absent if all of it is wrong. */
  at?: string;
}

/** A remark on a valid entry. */
export interface EntryNotice {
  code: NoticeCode;
  message: string;
}

/** The result for an entry that can't be saved. */
export function invalidEntry(code: EntryErrorCode, suggestions: string[] = []): InvalidEntry {
  return { ok: false, code, message: ENTRY_ERRORS[code], suggestions };
}

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The text without invisible characters (Unicode default-ignorable code points) such as zero-width spaces. They are
 * often copied along from pages and chats.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/** The result with a notice if `texts`, the entry as it was written, contains invisible characters. */
export function withInvisibleNotice<Entry>(
  parsed: ParsedEntry<Entry>,
  ...texts: string[]
): ParsedEntry<Entry> {
  if (!parsed.ok || texts.every((text) => visible(text) === text)) return parsed;
  return { ...parsed, notices: [notice("invisible-removed"), ...parsed.notices] };
}

/** The notice for a code. */
export function notice(code: NoticeCode): EntryNotice {
  return { code, message: NOTICES[code] };
}
