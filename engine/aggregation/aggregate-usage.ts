import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { type CountedEntry, readLine } from "../journal/entry.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { ObservationAggregate, type ObservationRow } from "./aggregate-observations.ts";
import { ownCopy } from "./own-copy.ts";
import { hasPart, PARTS, type PartSet, partOf } from "./parts.ts";

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
  /** Null if another pass counts it, or if it is stored. */
  row: UsageRow | null;
  trial: TrialRow | null;
}

/** The rows of one part, each in the same order in every verifier, so that two that update them can't deadlock. */
export interface PartRows {
  usage: UsageRow[];
  trials: TrialRow[];
  observations: ObservationRow[];
}

/** Frequent callers send identical requests, so a small cache is enough. */
const MAX_CACHED_LINES = 8_192;

/** Aggregates the entries of segments, or of a part of one, into the rows that are stored. */
export class UsageAggregate {
  /** How many checks are in the sums. */
  lines = 0;
  readonly observations = new ObservationAggregate();
  /** The sums are of the parts from here up to `endPart`, exclusive. */
  readonly startPart: number;
  #endPart = PARTS;
  #segment: string;
  #linesOfSegment = 0;
  #stored: PartSet = 0n;
  readonly #denials: DenialAggregate | null;
  readonly #minutes = new Map<string, UsageRow>();
  readonly #trials = new Map<string, TrialRow>();
  readonly #keys = new Map<string, number>();
  readonly #secrets = new Map<string, number>();
  readonly #cache = new Map<string, CachedLine>();

  /** `segment` is unique; `denials` is shared by several aggregates, and null if another one collects them. */
  constructor(segment: string, denials: DenialAggregate | null, startPart = 0) {
    this.#segment = segment;
    this.#denials = denials;
    this.startPart = startPart;
  }

  get endPart(): number {
    return this.#endPart;
  }

  /** Unique: the segment, or the batch of one. */
  get name(): string {
    return this.#segment;
  }

  /** The next lines are of this segment, some parts of which are stored. */
  beginSegment(id: string, stored: PartSet): void {
    this.#segment = id;
    this.#linesOfSegment = 0;
    this.#stored = stored;
    this.#cache.clear();
  }

  /** Leaves the upper half of the parts to another aggregate. */
  dropUpperParts(): void {
    this.#endPart = this.startPart + Math.ceil((this.#endPart - this.startPart) / 2);
    this.#cache.clear();
    for (const [id, row] of this.#minutes) {
      if (this.#isInRange(row[3])) continue;
      this.lines -= row[9];
      this.#minutes.delete(id);
    }
    for (const [id, [keyId]] of this.#trials) if (!this.#isInRange(keyId)) this.#trials.delete(id);
    this.observations.keepOnly((keyId) => this.#isInRange(keyId));
  }

  #isInRange(keyId: string): boolean {
    const part = partOf(keyId);
    return part >= this.startPart && part < this.#endPart;
  }

  /** Whether this aggregate counts the key's requests in the current segment. */
  #covers(keyId: string): boolean {
    return this.#isInRange(keyId) && !hasPart(this.#stored, partOf(keyId));
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

  /** The rows from `startPart` up to `endPart`. */
  get partRows(): PartRows[] {
    const parts = Array.from({ length: this.#endPart - this.startPart }, (): PartRows => {
      return { usage: [], trials: [], observations: [] };
    });
    const partFor = (keyId: string) => parts[partOf(keyId) - this.startPart];
    for (const row of this.rows) partFor(row[3])?.usage.push(row);
    for (const row of this.trials) partFor(row[0])?.trials.push(row);
    for (const row of this.observations.rows) partFor(row[0])?.observations.push(row);
    return parts;
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
    if (!this.#covers(entry.keyId)) return { entry, minute, row: null, trial: null };
    const row = this.#rowOf(minute, entry);
    // The row's texts are kept in any case.
    const own = { ...entry, keyId: row[3], secretId: row[4] };
    return { entry: own, minute, row, trial: this.#trialOf(own) };
  }

  #count({ entry, row, trial }: CachedLine, atMs: number): void {
    this.#linesOfSegment++;
    if (entry.details !== "") this.#denials?.add(entry, atMs, `${this.#segment}/${this.#linesOfSegment}`);
    if (row === null) return;
    const { count } = entry;
    this.lines += count;
    row[9] += count;
    row[10] += entry.units * count;
    if (trial !== null) trial[4] += count;
    this.observations.add(entry, atMs);
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
    const row: UsageRow = [
      "minute",
      ownCopy(projectId),
      minute,
      ownCopy(keyId),
      ownCopy(secretId),
      ownCopy(api),
      ownCopy(operation),
      ownCopy(environment),
      ownCopy(code),
      0,
      0,
    ];
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
