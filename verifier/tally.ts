import type { UsageInterval } from "#db/tables/usage.ts";
import type { CheckEntry } from "./entry.ts";
import { RefusalTally } from "./tally-refusals.ts";
import { SightingTally } from "./tally-sightings.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "./time.ts";

/** Length of a bucket, ms; buckets begin at its multiples since the epoch. */
const LENGTH_MS: Record<UsageInterval, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

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

/** A row to add to `trial_counts`, in the order of its columns. */
export type TrialRow = [keyId: string, since: number, bucket: number, code: string, count: number];

export type LastUse = [id: string, atMs: number];

/** Adds up the entries of one segment: everything that the database is told of them. */
export class Tally {
  lines = 0;
  readonly sightings = new SightingTally();
  readonly refusals: RefusalTally;
  readonly #rows = new Map<string, UsageRow>();
  readonly #trials = new Map<string, TrialRow>();
  readonly #keys = new Map<string, number>();
  readonly #secrets = new Map<string, number>();

  constructor(segmentId: string) {
    this.refusals = new RefusalTally(segmentId);
  }

  add(entry: CheckEntry): void {
    this.lines++;
    const what = `${entry.keyId}\t${entry.secretId}\t${entry.api}\t${entry.operation}\t${entry.environment}\t${entry.code}`;
    this.#count("minute", entry, what);
    this.#count("hour", entry, what);
    this.#count("day", entry, what);
    this.sightings.add(entry);
    this.refusals.add(entry, this.lines);
    this.#countTrial(entry);
    if (entry.code !== "VALID") return;
    latest(this.#keys, entry.keyId, entry.atMs);
    latest(this.#secrets, entry.secretId, entry.atMs);
  }

  /** In one order for every verifier, so that two who add to the same rows never wait for each other in a circle. */
  get rows(): UsageRow[] {
    return inOrder(this.#rows);
  }

  get trials(): TrialRow[] {
    return inOrder(this.#trials);
  }

  get keyUses(): LastUse[] {
    return [...this.#keys].sort(byId);
  }

  get secretUses(): LastUse[] {
    return [...this.#secrets].sort(byId);
  }

  #count(interval: UsageInterval, entry: CheckEntry, what: string): void {
    const bucket = startOf(LENGTH_MS[interval], entry.atMs);
    const id = `${interval}\t${entry.projectId}\t${bucket}\t${what}`;
    const row = this.#rows.get(id);
    if (row) {
      row[9]++;
      return;
    }
    const { projectId, keyId, secretId, api, operation, environment, code } = entry;
    this.#rows.set(id, [interval, projectId, bucket, keyId, secretId, api, operation, environment, code, 1]);
  }

  #countTrial({ keyId, atMs, trial }: CheckEntry): void {
    if (trial === null) return;
    const bucket = startOf(HOUR_MS, atMs);
    const id = `${keyId}\t${trial.since}\t${bucket}\t${trial.code}`;
    const row = this.#trials.get(id);
    if (row) row[4]++;
    else this.#trials.set(id, [keyId, trial.since, bucket, trial.code, 1]);
  }
}

function inOrder<Row>(rows: Map<string, Row>): Row[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function latest(uses: Map<string, number>, id: string, atMs: number): void {
  if ((uses.get(id) ?? 0) < atMs) uses.set(id, atMs);
}

function byId([a]: LastUse, [b]: LastUse): number {
  return a < b ? -1 : 1;
}
