import type { UsageInterval } from "#db/tables/usage.ts";
import type { CheckEntry } from "./entry.ts";

/** Length of a bucket, ms; buckets begin at its multiples since the epoch. */
const LENGTH_MS: Record<UsageInterval, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A row to add to `usage`, in the order of its columns. */
export type UsageRow = [
  interval: UsageInterval,
  projectId: string,
  bucket: number,
  keyId: string,
  secretId: string,
  api: string,
  operation: string,
  environment: string,
  code: string,
  count: number,
];

export type LastUse = [id: string, atMs: number];

/** Adds up the entries of one segment, for all three intervals at once. */
export class Tally {
  lines = 0;
  readonly #rows = new Map<string, UsageRow>();
  readonly #keys = new Map<string, number>();
  readonly #secrets = new Map<string, number>();

  add(entry: CheckEntry): void {
    this.lines++;
    const what = `${entry.keyId}\t${entry.secretId}\t${entry.api}\t${entry.operation}\t${entry.environment}\t${entry.code}`;
    this.#count("minute", entry, what);
    this.#count("hour", entry, what);
    this.#count("day", entry, what);
    if (entry.code !== "VALID") return;
    latest(this.#keys, entry.keyId, entry.atMs);
    latest(this.#secrets, entry.secretId, entry.atMs);
  }

  /** In one order for every verifier, so that two who add to the same rows never wait for each other in a circle. */
  get rows(): UsageRow[] {
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  get keyUses(): LastUse[] {
    return [...this.#keys].sort(byId);
  }

  get secretUses(): LastUse[] {
    return [...this.#secrets].sort(byId);
  }

  #count(interval: UsageInterval, entry: CheckEntry, what: string): void {
    const length = LENGTH_MS[interval];
    const bucket = Math.floor(entry.atMs / length) * length;
    const id = `${interval}\t${entry.projectId}\t${bucket}\t${what}`;
    const row = this.#rows.get(id);
    if (row) {
      row[9]++;
      return;
    }
    const { projectId, keyId, secretId, api, operation, environment, code } = entry;
    this.#rows.set(id, [interval, projectId, bucket, keyId, secretId, api, operation, environment, code, 1]);
  }
}

function latest(uses: Map<string, number>, id: string, atMs: number): void {
  if ((uses.get(id) ?? 0) < atMs) uses.set(id, atMs);
}

function byId([a]: LastUse, [b]: LastUse): number {
  return a < b ? -1 : 1;
}
