import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { VerdictCode } from "#core/verdict.ts";
import type { CountedEntry } from "../journal/entry.ts";
import type { ObservationRow } from "./aggregate-observations.ts";
import { shardOf } from "./key-shards.ts";
import type { ListedEntry } from "./listed-entry.ts";
import { detachedCopy } from "./read-lines.ts";
import type { LastUse, ReportOnlyRow, UsageRow } from "./usage-rows.ts";

/** Lengths of the buckets that are sums of minutes, ms. Buckets start at multiples of it since the epoch. */
const LONGER = [
  ["hour", HOUR_MS],
  ["day", DAY_MS],
] as const;

/**
 * The memory that these take, bytes, with the rows to send: a series with its last line and its last uses but without
 * its texts, a minute of it, and a count of a report-only restriction. Measured.
 */
export const BYTES = { series: 1_000, minute: 190, reportOnly: 300 };

/** The lines that differ only in their time, client and details, and the rows that count them. */
export interface Series {
  projectId: string;
  labels: SeriesLabels;
  shard: number;
  /** Of minutes, the latest one last. The longer intervals are sums of these. */
  rows: UsageRow[];
  /** When it was counted last, epoch ms. */
  lastAt: number;
  last: CachedLine | null;
}

type SeriesLabels = [
  keyId: string,
  secretId: string,
  api: string,
  operation: string,
  environment: string,
  code: string,
];

/** The last line of a series, with what counts a line of the same minute that differs only in its time. */
export interface CachedLine {
  /** What follows the labels. */
  rest: string;
  minute: number;
  /** The line is parsed again if these have changed: then the rows may be others. */
  epoch: number;
  generation: number;
  count: number;
  units: number;
  details: string;
  row: UsageRow;
  reportOnly: ReportOnlyRow | null;
  seen: readonly ObservationRow[];
}

/** One copy of each of the texts that many series have in common. Memory would otherwise be mostly copies of them. */
export class CommonTexts {
  readonly #texts = new Map<string, string>();

  copyOf(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = detachedCopy(text);
    if (this.#texts.size < MAX_COMMON_TEXTS) this.#texts.set(own, own);
    return own;
  }
}

/** Others are copied each time. */
const MAX_COMMON_TEXTS = 10_000;

/** A series without rows, for the lines that have the same labels as this entry. */
export function newSeries(
  { projectId, keyId, secretId, api, operation, environment, code }: CountedEntry,
  texts: CommonTexts,
): Series {
  return {
    projectId: texts.copyOf(projectId),
    labels: [
      detachedCopy(keyId),
      detachedCopy(secretId),
      texts.copyOf(api),
      texts.copyOf(operation),
      texts.copyOf(environment),
      texts.copyOf(code),
    ],
    shard: shardOf(keyId),
    rows: [],
    lastAt: 0,
    last: null,
  };
}

/** What the lists show of a line of the series, whose texts are the series' own. */
export function shownOf({ projectId, labels }: Series, details: string): ListedEntry {
  const [keyId, secretId, api, operation, environment, code] = labels;
  return {
    projectId,
    keyId,
    secretId,
    api,
    operation,
    environment: environment as ListedEntry["environment"],
    code: code as VerdictCode,
    details,
  };
}

/** The minutes of a series, and the hours and days that contain them. */
export function rowsOf({ rows }: Series): UsageRow[] {
  const all = [...rows];
  for (const [interval, lengthMs] of LONGER) {
    const sums: UsageRow[] = [];
    for (const [, projectId, at, keyId, secretId, api, operation, environment, code, count, units] of rows) {
      const bucket = startOf(lengthMs, at);
      const sum = sums.findLast((one) => one[2] === bucket);
      if (sum) {
        sum[9] += count;
        sum[10] += units;
      } else {
        sums.push([
          interval,
          projectId,
          bucket,
          keyId,
          secretId,
          api,
          operation,
          environment,
          code,
          count,
          units,
        ]);
      }
    }
    all.push(...sums);
  }
  return all;
}

/** The characters of the texts of a series: its labels, which are also its name, and its last line. */
export function charactersOf(labels: string, last: CachedLine | null): number {
  return 2 * labels.length + (last?.rest.length ?? 0);
}

/** When each key or secret was used last: `idOf` returns its id. In the order of the ids. */
export function lastUsesOf(series: Iterable<Series>, idOf: (labels: SeriesLabels) => string): LastUse[] {
  const uses = new Map<string, LastUse>();
  for (const { labels, lastAt } of series) {
    if (labels[5] !== "VALID") continue;
    const [id, known] = [idOf(labels), uses.get(idOf(labels))];
    if (known === undefined) uses.set(id, [id, lastAt]);
    else known[1] = Math.max(known[1], lastAt);
  }
  return [...uses.values()].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The rows of all series, in the order in which version 1.0.0-rc.1 stored them. */
export function orderedRowsOf(all: readonly Series[]): UsageRow[] {
  const named = all.flatMap((series) =>
    rowsOf(series).map((row): [string, UsageRow] => {
      const [interval, projectId, bucket] = row;
      const start = interval === "minute" ? `${bucket}` : `${interval}\t${bucket}`;
      return [`${start}\t${series.labels.join("\t")}\t${projectId}`, row];
    }),
  );
  return named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
