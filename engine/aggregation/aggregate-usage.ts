import { HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { VerdictCode } from "#core/verdict.ts";
import { type CountedEntry, readLine } from "../journal/entry.ts";
import { isRequestLine } from "../journal/request-line.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { ObservationAggregate, type ObservationRow } from "./aggregate-observations.ts";
import { RequestAggregate } from "./aggregate-requests.ts";
import { hasPart, PARTS, type PartSet, partOf } from "./parts.ts";
import { detachedCopy } from "./read-lines.ts";
import type { LastUse, ReportOnlyRow, UsageRow } from "./usage-rows.ts";
import { type CachedLine, newSeries, rowsOf, type Series } from "./usage-series.ts";

/** The rows of one part. */
export interface PartRows {
  usage: UsageRow[];
  reportOnly: ReportOnlyRow[];
  observations: ObservationRow[];
}

/** Longer lines are not cached. */
const MAX_CACHED_LENGTH = 1_000;
/** How many fields are labels. They follow the time. */
const LABELS = 7;

/** Aggregates the entries of segments, or of a part of one, into the rows that are stored. */
export class UsageAggregate {
  /** How many checks are in the sums. */
  lines = 0;
  readonly observations = new ObservationAggregate();
  readonly requests = new RequestAggregate();
  /** The line before, if it belongs to the next entry; otherwise "". */
  #requestLine = "";
  /** The sums are of the parts from here up to `endPart`, exclusive. */
  readonly startPart: number;
  #endPart = PARTS;
  #segment: string;
  #linesOfSegment = 0;
  #stored: PartSet = 0n;
  /** Changes with the parts that are counted. */
  #epoch = 0;
  #rows = 0;
  readonly #denials: DenialAggregate | null;
  /** By the text of the labels in a line. */
  readonly #series = new Map<string, Series>();
  readonly #reportOnly = new Map<string, ReportOnlyRow>();
  readonly #keys = new Map<string, LastUse>();
  readonly #secrets = new Map<string, LastUse>();

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
    if (stored !== this.#stored) this.#epoch++;
    this.#segment = id;
    this.#linesOfSegment = 0;
    this.#requestLine = "";
    this.#stored = stored;
  }

  /** Leaves the upper half of the parts to another aggregate. */
  dropUpperParts(): void {
    this.#endPart = this.startPart + Math.ceil((this.#endPart - this.startPart) / 2);
    this.#epoch++;
    for (const [labels, { part, rows }] of this.#series) {
      if (part < this.#endPart) continue;
      this.#rows -= rows.length;
      for (const row of rows) this.lines -= row[9];
      this.#series.delete(labels);
    }
    for (const [id, [keyId]] of this.#reportOnly)
      if (!this.#isInRange(partOf(keyId))) this.#reportOnly.delete(id);
    this.observations.keepOnly((keyId) => this.#isInRange(partOf(keyId)));
  }

  #isInRange(part: number): boolean {
    return part >= this.startPart && part < this.#endPart;
  }

  /** Whether this aggregate counts the requests of a part in the current segment. */
  #covers(part: number): boolean {
    return this.#isInRange(part) && !hasPart(this.#stored, part);
  }

  /** Counts one line of a journal. Ignores blank and incomplete lines. */
  add(line: string): void {
    if (isRequestLine(line)) {
      this.#requestLine = line;
      return;
    }
    const timeEnds = line.indexOf("\t");
    let labelsEnd = timeEnds;
    for (let label = 0; label < LABELS && labelsEnd !== -1; label++) {
      labelsEnd = line.indexOf("\t", labelsEnd + 1);
    }
    if (labelsEnd === -1) return;
    const labels = line.slice(timeEnds, labelsEnd);
    const rest = line.slice(labelsEnd);
    const series = this.#series.get(labels);
    const cached = series?.last;
    // A line that ends like a complete one is complete.
    if (cached?.rest === rest && this.#isCurrent(cached)) {
      const atMs = Number(line.slice(0, timeEnds));
      if (cached.minute === startOf(MINUTE_MS, atMs)) {
        this.#countAgain(cached, atMs);
        return;
      }
    }
    const entry = readLine(line);
    if (entry !== null) this.#count(entry, labels, rest, series);
  }

  #isCurrent({ epoch, generation }: CachedLine): boolean {
    return epoch === this.#epoch && generation === this.observations.generation;
  }

  /** The number of distinct values: a measure of the memory and the database time that this needs. */
  get size(): number {
    return this.#rows + this.#reportOnly.size + this.observations.size;
  }

  /** The rows in the order in which version 1.0.0-rc.1 stored them. */
  get rows(): UsageRow[] {
    const named = [...this.#series.values()].flatMap((series) =>
      rowsOf(series).map((row): [string, UsageRow] => {
        const [interval, projectId, bucket] = row;
        const start = interval === "minute" ? `${bucket}` : `${interval}\t${bucket}`;
        return [`${start}\t${series.labels.join("\t")}\t${projectId}`, row];
      }),
    );
    return inOrder(named);
  }

  /** The rows from `startPart` up to `endPart`. */
  get partRows(): PartRows[] {
    const parts = Array.from({ length: this.#endPart - this.startPart }, (): PartRows => {
      return { usage: [], reportOnly: [], observations: [] };
    });
    const partFor = (keyId: string) => parts[partOf(keyId) - this.startPart];
    for (const series of this.#series.values()) {
      const part = parts[series.part - this.startPart];
      for (const row of rowsOf(series)) part?.usage.push(row);
    }
    for (const row of this.reportOnly) partFor(row[0])?.reportOnly.push(row);
    for (const row of this.observations.rows) partFor(row[0])?.observations.push(row);
    return parts;
  }

  /** In the same order in every verifier, so that two that update them can't deadlock. */
  get reportOnly(): ReportOnlyRow[] {
    return inOrder([...this.#reportOnly]);
  }

  get keyUses(): LastUse[] {
    return [...this.#keys.values()].sort(byId);
  }

  get secretUses(): LastUse[] {
    return [...this.#secrets.values()].sort(byId);
  }

  #count(entry: CountedEntry, labels: string, rest: string, known: Series | undefined): void {
    const { atMs, code } = entry;
    this.#linesOfSegment++;
    this.#addShown(entry, atMs);
    if (!this.#covers(known?.part ?? partOf(entry.keyId))) return;
    const series = known ?? newSeries(entry);
    if (known === undefined) this.#series.set(detachedCopy(labels), series);
    const minute = startOf(MINUTE_MS, atMs);
    const row = this.#rowOf(series, minute, entry);
    // What is kept must not refer to the file's text.
    const own = { ...entry, keyId: row[3], secretId: row[4] };
    const reportOnly = this.#reportOnlyRowOf(own);
    const { generation } = this.observations;
    this.observations.add(own, atMs);
    const uses =
      code === "VALID" ? [latest(this.#keys, row[3], atMs), latest(this.#secrets, row[4], atMs)] : [];
    this.#addTo(row, reportOnly, entry);
    if (rest.length > MAX_CACHED_LENGTH || generation !== this.observations.generation) return;
    series.last = {
      rest: detachedCopy(rest),
      minute,
      epoch: this.#epoch,
      generation,
      entry: this.#ownEntry(own, row),
      row,
      reportOnly,
      seen: this.observations.rowsOf(own, atMs),
      uses,
    };
  }

  /** Counts a line like the last one of its series. */
  #countAgain({ entry, row, reportOnly, seen, uses }: CachedLine, atMs: number): void {
    this.#linesOfSegment++;
    this.#addShown(entry, atMs);
    this.#addTo(row, reportOnly, entry);
    for (const observation of seen) {
      observation[5] += entry.count;
      if (observation[6] < atMs) observation[6] = atMs;
    }
    for (const use of uses) if (use[1] < atMs) use[1] = atMs;
  }

  #addTo(row: UsageRow, reportOnly: ReportOnlyRow | null, { count, units }: CountedEntry): void {
    this.lines += count;
    row[9] += count;
    row[10] += units * count;
    if (reportOnly !== null) reportOnly[4] += count;
  }

  /** Adds what is shown of the request itself: its place in the list of requests, and in that of denials. */
  #addShown(entry: CountedEntry, atMs: number): void {
    const line = this.#requestLine;
    this.#requestLine = "";
    // Another aggregate collects them.
    if (this.#denials === null) return;
    const id = `${this.#segment}/${this.#linesOfSegment}`;
    if (line !== "" && entry.projectId !== "") this.requests.add(entry, line, atMs, id);
    if (entry.details !== "") this.#denials.add(entry, atMs, id);
  }

  /** The entry with texts that don't refer to the file's text. */
  #ownEntry(entry: CountedEntry, row: UsageRow): CountedEntry {
    const [, projectId, , keyId, secretId, api, operation, , code] = row;
    return {
      ...entry,
      projectId,
      keyId,
      secretId,
      api,
      operation,
      code: code as VerdictCode,
      seen: null,
      trial: null,
      details: detachedCopy(entry.details),
    };
  }

  #rowOf(series: Series, minute: number, { projectId }: CountedEntry): UsageRow {
    // Lines come in the order of time, nearly.
    const known = series.rows.findLast((row) => row[2] === minute);
    if (known) return known;
    const [first] = series.rows;
    const row: UsageRow = ["minute", first?.[1] ?? detachedCopy(projectId), minute, ...series.labels, 0, 0];
    series.rows.push(row);
    this.#rows++;
    return row;
  }

  #reportOnlyRowOf({ keyId, atMs, trial }: CountedEntry): ReportOnlyRow | null {
    if (trial === null) return null;
    const bucket = startOf(HOUR_MS, atMs);
    const id = `${keyId}\t${trial.since}\t${bucket}\t${trial.code}`;
    const known = this.#reportOnly.get(id);
    if (known) return known;
    const row: ReportOnlyRow = [keyId, trial.since, bucket, detachedCopy(trial.code), 0];
    this.#reportOnly.set(id, row);
    return row;
  }
}

function inOrder<Row>(rows: [string, Row][]): Row[] {
  return rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function latest(uses: Map<string, LastUse>, id: string, atMs: number): LastUse {
  const known = uses.get(id);
  if (known) {
    if (known[1] < atMs) known[1] = atMs;
    return known;
  }
  const use: LastUse = [id, atMs];
  uses.set(id, use);
  return use;
}

function byId([a]: LastUse, [b]: LastUse): number {
  return a < b ? -1 : 1;
}
