import type { FaultCode, NoticeCode } from "#core/restrictions/messages.ts";

/** What one entry means, or why it can't be saved. */
export type EntryReading =
  | {
      ok: true;
      /** In canonical form, on one line: what is saved. */
      text: string;
      /** Who gets through by it, in words. */
      meaning: string;
      notices: { code: NoticeCode; message: string }[];
    }
  | {
      ok: false;
      code: FaultCode;
      /** What is wrong and how to write it. */
      message: string;
      /** Entries that can be saved, and may be what was meant. */
      suggestions: string[];
      /** Where in the entry, if not all of it is wrong: `operations.1`. */
      at?: string | undefined;
    };

/** The readings of a set's entries, in the order in which they were given. */
export interface ExplainedEntries {
  kinds: {
    ips: EntryReading[];
    referrers: EntryReading[];
    apps: { android: EntryReading[]; ios: EntryReading[] };
    apis: EntryReading[];
  };
  /** How many entries there are; at most 1,000 can be saved. */
  total: number;
}
