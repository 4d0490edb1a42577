import type { UsageInterval } from "#db/tables/usage.ts";
import type { CountedEntry } from "./entry.ts";
import type { RefusalTally } from "./tally-refusals.ts";
import { SightingTally } from "./tally-sightings.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "./time.ts";

/** Length of a bucket, ms; buckets begin at its multiples since the epoch. */
const LENGTH_MS: Record<UsageInterval, number> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };
const LONGER = ["hour", "day"] as const;

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
  units: number,
];

/** A row to add to `trial_counts`, in the order of its columns. */
export type TrialRow = [keyId: string, since: number, bucket: number, code: string, count: number];

export type LastUse = [id: string, atMs: number];

/** Adds up entries, of a segment or of a part of one: everything that the database is told of them. */
export class Tally {
  readonly name: string;
  lines = 0;
  readonly sightings = new SightingTally();
  readonly #refusals: RefusalTally;
  readonly #minutes = new Map<string, UsageRow>();
  readonly #trials = new Map<string, TrialRow>();
  readonly #keys = new Map<string, number>();
  readonly #secrets = new Map<string, number>();

  /** `name` is its own; `refusals` are those of several tallies. */
  constructor(name: string, refusals: RefusalTally) {
    this.name = name;
    this.#refusals = refusals;
  }

  add(entry: CountedEntry): void {
    this.lines++;
    this.#count(entry);
    this.sightings.add(entry);
    this.#refusals.add(entry, `${this.name}/${this.lines}`);
    this.#countTrial(entry);
    if (entry.code !== "VALID") return;
    latest(this.#keys, entry.keyId, entry.atMs);
    latest(this.#secrets, entry.secretId, entry.atMs);
  }

  /** How much it holds apart: what it takes in memory, and of the database's time. */
  get size(): number {
    return this.#minutes.size + this.#trials.size + this.sightings.size;
  }

  /** In one order for every verifier, so that two who add to the same rows never wait for each other in a circle. */
  get rows(): UsageRow[] {
    const rows = new Map(this.#minutes);
    for (const [id, row] of this.#minutes) {
      for (const interval of LONGER) sumUp(rows, interval, id.slice(id.indexOf("\t")), row);
    }
    return inOrder(rows);
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

  /** Minute by minute; the longer intervals are sums of these. */
  #count({ atMs, projectId, keyId, secretId, api, operation, environment, code, units }: CountedEntry): void {
    const minute = startOf(LENGTH_MS.minute, atMs);
    const id = `${minute}\t${keyId}\t${secretId}\t${api}\t${operation}\t${environment}\t${code}\t${projectId}`;
    const row = this.#minutes.get(id);
    if (row) {
      row[9]++;
      row[10] += units;
    } else {
      const what = [keyId, secretId, api, operation, environment, code] as const;
      this.#minutes.set(id, ["minute", projectId, minute, ...what, 1, units]);
    }
  }

  #countTrial({ keyId, atMs, trial }: CountedEntry): void {
    if (trial === null) return;
    const bucket = startOf(HOUR_MS, atMs);
    const id = `${keyId}\t${trial.since}\t${bucket}\t${trial.code}`;
    const row = this.#trials.get(id);
    if (row) row[4]++;
    else this.#trials.set(id, [keyId, trial.since, bucket, trial.code, 1]);
  }
}

/** Adds a minute's count to the longer bucket that the minute is in. */
function sumUp(rows: Map<string, UsageRow>, interval: UsageInterval, what: string, minute: UsageRow): void {
  const [, projectId, at, keyId, secretId, api, operation, environment, code, count, units] = minute;
  const bucket = startOf(LENGTH_MS[interval], at);
  const id = `${interval}\t${bucket}${what}`;
  const row = rows.get(id);
  if (row) {
    row[9] += count;
    row[10] += units;
  } else {
    const labels = [keyId, secretId, api, operation, environment, code] as const;
    rows.set(id, [interval, projectId, bucket, ...labels, count, units]);
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
