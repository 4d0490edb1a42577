import { HOUR_MS, startOf } from "#core/time.ts";
import type { CountedEntry } from "../journal/entry.ts";
import { detachedCopy } from "./read-lines.ts";
import type { ReportOnlyRow } from "./usage-rows.ts";

/** Counts the verdicts of report-only restrictions by hour. */
export class ReportOnlyAggregate {
  readonly #rows = new Map<string, ReportOnlyRow>();

  get size(): number {
    return this.#rows.size;
  }

  /** In the same order in every verifier, so that two that update them can't deadlock. */
  get rows(): ReportOnlyRow[] {
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  /** The row that counts an entry; null if its key has no report-only restrictions. The key's id must be a detached copy. */
  rowOf({ keyId, atMs, trial }: CountedEntry): ReportOnlyRow | null {
    if (trial === null) return null;
    const bucket = startOf(HOUR_MS, atMs);
    const id = `${keyId}\t${trial.since}\t${bucket}\t${trial.code}`;
    const known = this.#rows.get(id);
    if (known) return known;
    const row: ReportOnlyRow = [keyId, trial.since, bucket, detachedCopy(trial.code), 0];
    this.#rows.set(id, row);
    return row;
  }

  /** Forgets the counts of all other keys. */
  keepOnly(isKept: (keyId: string) => boolean): void {
    for (const [id, [keyId]] of this.#rows) if (!isKept(keyId)) this.#rows.delete(id);
  }
}
