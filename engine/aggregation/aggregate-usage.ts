import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { type CountedEntry, readLine } from "../journal/entry.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { ObservationAggregate } from "./aggregate-observations.ts";

/** Length of a bucket, ms. Buckets start at multiples of it since the epoch. */
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

/** A parsed line, reused for lines of the same minute that differ only in their time, and the rows that count it. */
interface CachedLine {
  entry: CountedEntry;
  minute: number;
  row: UsageRow;
  trial: TrialRow | null;
}

/** Frequent callers send identical requests, so a small cache is enough. */
const MAX_CACHED_LINES = 8_192;

/** Aggregates the entries of a segment, or of a part of one, into the rows that are stored. */
export class UsageAggregate {
  readonly name: string;
  lines = 0;
  readonly observations = new ObservationAggregate();
  readonly #denials: DenialAggregate;
  readonly #minutes = new Map<string, UsageRow>();
  readonly #trials = new Map<string, TrialRow>();
  readonly #keys = new Map<string, number>();
  readonly #secrets = new Map<string, number>();
  readonly #cache = new Map<string, CachedLine>();

  /** `name` is unique; `denials` is shared by several aggregates. */
  constructor(name: string, denials: DenialAggregate) {
    this.name = name;
    this.#denials = denials;
  }

  /** Counts one line of a journal. Ignores blank and incomplete lines. */
  add(line: string): void {
    const timeEnds = line.indexOf("\t");
    const [atMs, content] = [Number(line.slice(0, timeEnds)), line.slice(timeEnds)];
    let cached = this.#cache.get(content);
    if (cached?.minute !== startOf(MINUTE_MS, atMs)) {
      const entry = readLine(line);
      if (entry === null) return;
      cached = this.#addToCache(entry);
      if (this.#cache.size >= MAX_CACHED_LINES) this.#cache.clear();
      this.#cache.set(content, cached);
    }
    this.#count(cached, atMs);
  }

  /** The number of distinct values: a measure of the memory and the database time that this needs. */
  get size(): number {
    return this.#minutes.size + this.#trials.size + this.observations.size;
  }

  /** In the same order in every verifier, so that two verifiers that update the same rows can't deadlock. */
  get rows(): UsageRow[] {
    const rows = new Map(this.#minutes);
    for (const [id, row] of this.#minutes) {
      for (const interval of LONGER) addToLonger(rows, interval, id.slice(id.indexOf("\t")), row);
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

  #addToCache(entry: CountedEntry): CachedLine {
    const minute = startOf(MINUTE_MS, entry.atMs);
    return { entry, minute, row: this.#rowOf(minute, entry), trial: this.#trialOf(entry) };
  }

  #count({ entry, row, trial }: CachedLine, atMs: number): void {
    this.lines++;
    row[9]++;
    row[10] += entry.units;
    if (trial !== null) trial[4]++;
    this.observations.add(entry, atMs);
    if (entry.details !== "") this.#denials.add(entry, atMs, `${this.name}/${this.lines}`);
    if (entry.code !== "VALID") return;
    latest(this.#keys, entry.keyId, atMs);
    latest(this.#secrets, entry.secretId, atMs);
  }

  /** The row of a minute. The longer intervals are sums of minutes. */
  #rowOf(minute: number, entry: CountedEntry): UsageRow {
    const { projectId, keyId, secretId, api, operation, environment, code } = entry;
    const id = `${minute}\t${keyId}\t${secretId}\t${api}\t${operation}\t${environment}\t${code}\t${projectId}`;
    const known = this.#minutes.get(id);
    if (known) return known;
    const labels = [keyId, secretId, api, operation, environment, code] as const;
    const row: UsageRow = ["minute", projectId, minute, ...labels, 0, 0];
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

/** Adds a minute's count to the longer bucket that contains it. */
function addToLonger(
  rows: Map<string, UsageRow>,
  interval: UsageInterval,
  labels: string,
  minute: UsageRow,
): void {
  const [, projectId, at, keyId, secretId, api, operation, environment, code, count, units] = minute;
  const bucket = startOf(LENGTH_MS[interval], at);
  const id = `${interval}\t${bucket}${labels}`;
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
