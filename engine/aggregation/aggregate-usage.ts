import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { type CountedEntry, readLine } from "../journal/entry.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { ObservationAggregate } from "./aggregate-observations.ts";

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

/** Lines that are alike in all but their time, and where they are counted. */
interface Alike {
  entry: CountedEntry;
  minute: number;
  row: UsageRow;
  trial: TrialRow | null;
}

/** So many are remembered: who calls often calls alike, and of the others it is no use. */
const ALIKE_MOST = 8_192;

/** Adds up entries, of a segment or of a part of one: everything that the database is told of them. */
export class UsageAggregate {
  readonly name: string;
  lines = 0;
  readonly sightings = new ObservationAggregate();
  readonly #refusals: DenialAggregate;
  readonly #minutes = new Map<string, UsageRow>();
  readonly #trials = new Map<string, TrialRow>();
  readonly #keys = new Map<string, number>();
  readonly #secrets = new Map<string, number>();
  readonly #alike = new Map<string, Alike>();

  /** `name` is its own; `refusals` are those of several tallies. */
  constructor(name: string, refusals: DenialAggregate) {
    this.name = name;
    this.#refusals = refusals;
  }

  /** Counts one line of a journal; nothing for a blank or torn one. */
  add(line: string): void {
    const timeEnds = line.indexOf("\t");
    const [atMs, what] = [Number(line.slice(0, timeEnds)), line.slice(timeEnds)];
    let alike = this.#alike.get(what);
    if (alike?.minute !== startOf(MINUTE_MS, atMs)) {
      const entry = readLine(line);
      if (entry === null) return;
      alike = this.#begin(entry);
      if (this.#alike.size >= ALIKE_MOST) this.#alike.clear();
      this.#alike.set(what, alike);
    }
    this.#count(alike, atMs);
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

  #begin(entry: CountedEntry): Alike {
    const minute = startOf(MINUTE_MS, entry.atMs);
    return { entry, minute, row: this.#rowOf(minute, entry), trial: this.#trialOf(entry) };
  }

  #count({ entry, row, trial }: Alike, atMs: number): void {
    this.lines++;
    row[9]++;
    row[10] += entry.units;
    if (trial !== null) trial[4]++;
    this.sightings.add(entry, atMs);
    if (entry.told !== "") this.#refusals.add(entry, atMs, `${this.name}/${this.lines}`);
    if (entry.code !== "VALID") return;
    latest(this.#keys, entry.keyId, atMs);
    latest(this.#secrets, entry.secretId, atMs);
  }

  /** Minute by minute; the longer intervals are sums of these. */
  #rowOf(minute: number, entry: CountedEntry): UsageRow {
    const { projectId, keyId, secretId, api, operation, environment, code } = entry;
    const id = `${minute}\t${keyId}\t${secretId}\t${api}\t${operation}\t${environment}\t${code}\t${projectId}`;
    const known = this.#minutes.get(id);
    if (known) return known;
    const what = [keyId, secretId, api, operation, environment, code] as const;
    const row: UsageRow = ["minute", projectId, minute, ...what, 0, 0];
    this.#minutes.set(id, row);
    return row;
  }

  #trialOf({ keyId, atMs, trial }: CountedEntry): TrialRow | null {
    if (trial === null) return null;
    const bucket = startOf(HOUR_MS, atMs);
    const id = `${keyId}\t${trial.since}\t${bucket}\t${trial.code}`;
    const known = this.#trials.get(id);
    if (known) return known;
    const row: TrialRow = [keyId, trial.since, bucket, trial.code, 0];
    this.#trials.set(id, row);
    return row;
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
