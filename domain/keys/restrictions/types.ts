import type { RestrictionKind } from "#core/restrictions/kinds.ts";
import type { FaultCode, NoticeCode } from "#core/restrictions/messages.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { VerdictCode } from "#core/verdict.ts";

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

/** What one kind of a draft would have done. */
export interface DryRunRule {
  kind: RestrictionKind;
  refused: number;
  /** Checks of which it can't be told. */
  unsure: number;
  /** What would not surely have passed, the most frequent first; at most 20. */
  values: {
    value: string;
    label: string;
    count: number;
    lastSeenAt: string | null;
    outcome: "refused" | "unsure";
  }[];
  /** How many values are not listed. */
  more: number;
}

/** What a draft would have done to the checks that passed in a time. */
export interface DryRun {
  from: string;
  to: string;
  checks: number;
  /** A range where several kinds may refuse the same check, or something can't be told. */
  refused: { atLeast: number; atMost: number };
  rules: DryRunRule[];
  /** Of the latest that a restriction refused: how many it would let through. */
  recentRefusals: { looked: number; wouldPass: number };
}

/** What a key could be restricted to, by what it is used for. */
export interface RestrictionSuggestion {
  since: string;
  checks: number;
  /** Of them, what would be refused today: by the key's restrictions, or because an API is not enabled any more. */
  refusedAlready: { atLeast: number; atMost: number };
  suggestion: {
    restrictions: Restrictions;
    sentence: string;
    evidence: { kind: RestrictionKind; entry: string; count: number; lastSeenAt: string | null }[];
    /** Of the others; 0 unless the rarest were left out. */
    wouldRefuse: number;
  } | null;
  /** Why there is none, or nothing about where it is used from. */
  why: string | null;
}

/** What a trial set would have done so far. */
export interface TrialResult {
  /** When the set was saved; null without one. */
  since: string | null;
  /** From when on the counts are kept: `since`, and 100 days back at most. */
  countedFrom: string | null;
  /** Checks that passed and were held against it. */
  judged: number;
  wouldRefuse: number;
  interval: "hour";
  /** By code, `VALID` for what it would have let through; points are bucket start (epoch ms) and count. */
  series: { group: VerdictCode; label: string; points: [number, number][]; total: number }[];
}
