import { MINUTE_MS, startOf } from "#core/time.ts";
import { type CountedEntry, readLine } from "../journal/entry.ts";
import { isRequestLine } from "../journal/request-line.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { ObservationAggregate, type ObservationRow } from "./aggregate-observations.ts";
import { ReportOnlyAggregate } from "./aggregate-report-only.ts";
import { RequestAggregate } from "./aggregate-requests.ts";
import { hasShard, SHARDS, type ShardSet, shardOf } from "./key-shards.ts";
import { detachedEntry, type ListedEntry } from "./listed-entry.ts";
import { detachedCopy } from "./read-lines.ts";
import type { LastUse, ReportOnlyRow, UsageRow } from "./usage-rows.ts";
import {
  BYTES,
  type CachedLine,
  CommonTexts,
  charactersOf,
  lastUsesOf,
  newSeries,
  orderedRowsOf,
  rowsOf,
  type Series,
  shownOf,
} from "./usage-series.ts";

/** The rows of one shard. */
export interface ShardRows {
  usage: UsageRow[];
  reportOnly: ReportOnlyRow[];
  observations: ObservationRow[];
}

/** Longer lines are not cached. */
const MAX_CACHED_LENGTH = 1_000;
/** How many fields are labels. They follow the time. */
const LABELS = 7;
/** Which of them, from 0, is the key's id. */
const KEY_LABEL = 2;

/** Aggregates the entries of segments, or of a shard of one, into the rows that are stored. */
export class UsageAggregate {
  /** How many checks are in the sums. */
  lines = 0;
  readonly observations = new ObservationAggregate();
  readonly requests = new RequestAggregate();
  /** The line before, if it belongs to the next entry; otherwise "". */
  #requestLine = "";
  /** The sums are of the shards from here up to `endShard`, exclusive. */
  readonly startShard: number;
  #endShard = SHARDS;
  #segment: string;
  #linesOfSegment = 0;
  #stored: ShardSet = 0n;
  /** Changes with the shards that are counted. */
  #epoch = 0;
  #rows = 0;
  /** The characters of the texts of all series. */
  #characters = 0;
  readonly #denials: DenialAggregate | null;
  /** By the text of the labels in a line. */
  readonly #series = new Map<string, Series>();
  readonly #texts = new CommonTexts();
  readonly #reportOnly = new ReportOnlyAggregate();

  /** `segment` is unique; `denials` is shared by several aggregates, and null if another one collects them. */
  constructor(segment: string, denials: DenialAggregate | null, startShard = 0) {
    this.#segment = segment;
    this.#denials = denials;
    this.startShard = startShard;
  }

  get endShard(): number {
    return this.#endShard;
  }

  /** Unique: the segment, or the batch of one. */
  get name(): string {
    return this.#segment;
  }

  /** The next lines are of this segment, some shards of which are stored. */
  beginSegment(id: string, stored: ShardSet): void {
    if (stored !== this.#stored) this.#epoch++;
    this.#segment = id;
    this.#linesOfSegment = 0;
    this.#requestLine = "";
    this.#stored = stored;
  }

  /** Leaves the upper half of the shards to another aggregate. */
  dropUpperShards(): void {
    this.#endShard = this.startShard + Math.ceil((this.#endShard - this.startShard) / 2);
    this.#epoch++;
    for (const [labels, { shard, rows, last }] of this.#series) {
      if (shard < this.#endShard) continue;
      this.#rows -= rows.length;
      for (const row of rows) this.lines -= row[9];
      this.#characters -= charactersOf(labels, last);
      this.#series.delete(labels);
    }
    this.#reportOnly.keepOnly((keyId) => this.#isInRange(shardOf(keyId)));
    this.observations.keepOnly((keyId) => this.#isInRange(shardOf(keyId)));
  }

  #isInRange(shard: number): boolean {
    return shard >= this.startShard && shard < this.#endShard;
  }

  /** Whether this aggregate counts the requests of a shard in the current segment. */
  #covers(shard: number): boolean {
    return this.#isInRange(shard) && !hasShard(this.#stored, shard);
  }

  /** Counts one line of a journal. Ignores blank and incomplete lines. */
  add(line: string): void {
    if (isRequestLine(line)) {
      this.#requestLine = line;
      return;
    }
    const timeEnds = line.indexOf("\t");
    let labelsEnd = timeEnds;
    let keyId = "";
    for (let label = 0; label < LABELS && labelsEnd !== -1; label++) {
      const start = labelsEnd + 1;
      labelsEnd = line.indexOf("\t", start);
      if (label === KEY_LABEL) keyId = line.slice(start, labelsEnd);
    }
    if (labelsEnd === -1) return;
    // Nothing of this line is needed. If a segment is read for some shards only, that is most lines.
    if (this.#denials === null && !this.#covers(shardOf(keyId))) return;
    const labels = line.slice(timeEnds, labelsEnd);
    const rest = line.slice(labelsEnd);
    const series = this.#series.get(labels);
    const cached = series?.last;
    // A line that ends like a complete one is complete.
    if (series && cached?.rest === rest && this.#isCurrent(cached)) {
      const atMs = Number(line.slice(0, timeEnds));
      if (cached.minute === startOf(MINUTE_MS, atMs)) {
        this.#countAgain(series, cached, atMs);
        return;
      }
    }
    const entry = readLine(line);
    if (entry !== null) this.#count(entry, labels, rest, series);
  }

  #isCurrent({ epoch, generation }: CachedLine): boolean {
    return epoch === this.#epoch && generation === this.observations.generation;
  }

  /** The number of distinct values. */
  get size(): number {
    return this.#rows + this.#reportOnly.size + this.observations.size;
  }

  /** The memory that the sums take, bytes; rows to send included. */
  get bytes(): number {
    const sums = this.#series.size * BYTES.series + this.#rows * BYTES.minute;
    return sums + this.#reportOnly.size * BYTES.reportOnly + this.#characters + this.observations.bytes;
  }

  /** The rows in the order in which version 1.0.0-rc.1 stored them. */
  get rows(): UsageRow[] {
    return orderedRowsOf([...this.#series.values()]);
  }

  /** The rows from `startShard` up to `endShard`. */
  get shardRows(): ShardRows[] {
    const shards = Array.from({ length: this.#endShard - this.startShard }, (): ShardRows => {
      return { usage: [], reportOnly: [], observations: [] };
    });
    const shardFor = (keyId: string) => shards[shardOf(keyId) - this.startShard];
    for (const series of this.#series.values()) {
      const shard = shards[series.shard - this.startShard];
      for (const row of rowsOf(series)) shard?.usage.push(row);
    }
    for (const row of this.reportOnly) shardFor(row[0])?.reportOnly.push(row);
    for (const row of this.observations.rows) shardFor(row[0])?.observations.push(row);
    return shards;
  }

  get reportOnly(): ReportOnlyRow[] {
    return this.#reportOnly.rows;
  }

  get keyUses(): LastUse[] {
    return lastUsesOf(this.#series.values(), ([keyId]) => keyId);
  }

  get secretUses(): LastUse[] {
    return lastUsesOf(this.#series.values(), ([, secretId]) => secretId);
  }

  #count(entry: CountedEntry, labels: string, rest: string, known: Series | undefined): void {
    const { atMs, count, units, details } = entry;
    this.#linesOfSegment++;
    if (this.#isShown(entry)) this.#addShown(detachedEntry(entry), atMs);
    this.#requestLine = "";
    if (!this.#covers(known?.shard ?? shardOf(entry.keyId))) return;
    const series = known ?? this.#addSeries(entry, labels);
    const minute = startOf(MINUTE_MS, atMs);
    const row = this.#rowOf(series, minute);
    // What is kept must not refer to the file's text.
    const own = { ...entry, keyId: row[3], secretId: row[4] };
    const reportOnly = this.#reportOnly.rowOf(own);
    const { generation } = this.observations;
    this.observations.add(own, atMs);
    if (series.lastAt < atMs) series.lastAt = atMs;
    this.#addTo(row, reportOnly, entry);
    if (rest.length > MAX_CACHED_LENGTH || generation !== this.observations.generation) return;
    this.#characters += rest.length - (series.last?.rest.length ?? 0);
    const ownRest = detachedCopy(rest);
    const detailsAt = ownRest.indexOf(details);
    series.last = {
      rest: ownRest,
      minute,
      epoch: this.#epoch,
      generation,
      count,
      units,
      // A part of the same copy.
      details: ownRest.slice(detailsAt, detailsAt + details.length),
      row,
      reportOnly,
      seen: this.observations.rowsOf(own, atMs),
    };
  }

  #addSeries(entry: CountedEntry, labels: string): Series {
    const series = newSeries(entry, this.#texts);
    this.#series.set(detachedCopy(labels), series);
    this.#characters += charactersOf(labels, null);
    return series;
  }

  /** Counts a line like the last one of its series. */
  #countAgain(series: Series, line: CachedLine, atMs: number): void {
    const { details, row, reportOnly, seen, count } = line;
    this.#linesOfSegment++;
    if (this.#isShown({ projectId: series.projectId, details }))
      this.#addShown(shownOf(series, details), atMs);
    this.#requestLine = "";
    this.#addTo(row, reportOnly, line);
    for (const observation of seen) {
      observation[5] += count;
      if (observation[6] < atMs) observation[6] = atMs;
    }
    if (series.lastAt < atMs) series.lastAt = atMs;
  }

  #addTo(
    row: UsageRow,
    reportOnly: ReportOnlyRow | null,
    { count, units }: { count: number; units: number },
  ): void {
    this.lines += count;
    row[9] += count;
    row[10] += units * count;
    if (reportOnly !== null) reportOnly[4] += count;
  }

  /** Whether the request itself is shown: in the list of requests, or in that of denials. */
  #isShown({ projectId, details }: Pick<ListedEntry, "projectId" | "details">): boolean {
    // Another aggregate collects them.
    if (this.#denials === null) return false;
    return details !== "" || (this.#requestLine !== "" && projectId !== "");
  }

  /** Adds what is shown of the request itself. The texts must not refer to the file's text. */
  #addShown(entry: ListedEntry, atMs: number): void {
    const id = `${this.#segment}/${this.#linesOfSegment}`;
    if (this.#requestLine !== "" && entry.projectId !== "") {
      this.requests.add(entry, this.#requestLine, atMs, id);
    }
    if (entry.details !== "") this.#denials?.add(entry, atMs, id);
  }

  #rowOf(series: Series, minute: number): UsageRow {
    // Lines come in the order of time, nearly.
    const known = series.rows.findLast((row) => row[2] === minute);
    if (known) return known;
    const [keyId, secretId, api, operation, environment, code] = series.labels;
    // Written out, and added without `push`: both would reserve memory for more, in each of many arrays.
    const row: UsageRow = [
      "minute",
      series.projectId,
      minute,
      keyId,
      secretId,
      api,
      operation,
      environment,
      code,
      0,
      0,
    ];
    series.rows = series.rows.concat([row]);
    this.#rows++;
    return row;
  }
}
