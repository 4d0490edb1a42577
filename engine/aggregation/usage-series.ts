import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { CountedEntry } from "../journal/entry.ts";
import type { ObservationRow } from "./aggregate-observations.ts";
import { partOf } from "./parts.ts";
import { detachedCopy } from "./read-lines.ts";
import type { LastUse, ReportOnlyRow, UsageRow } from "./usage-rows.ts";

/** Lengths of the buckets that are sums of minutes, ms. Buckets start at multiples of it since the epoch. */
const LONGER = [
  ["hour", HOUR_MS],
  ["day", DAY_MS],
] as const;

/** The lines that differ only in their time, client and details, and the rows that count them. */
export interface Series {
  labels: SeriesLabels;
  part: number;
  /** Of minutes, the latest one last. The longer intervals are sums of these. */
  rows: UsageRow[];
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
  entry: CountedEntry;
  row: UsageRow;
  reportOnly: ReportOnlyRow | null;
  seen: readonly ObservationRow[];
  uses: readonly LastUse[];
}

/** A series without rows, for the lines that have the same labels as this entry. */
export function newSeries({ keyId, secretId, api, operation, environment, code }: CountedEntry): Series {
  return {
    labels: [
      detachedCopy(keyId),
      detachedCopy(secretId),
      detachedCopy(api),
      detachedCopy(operation),
      detachedCopy(environment),
      detachedCopy(code),
    ],
    part: partOf(keyId),
    rows: [],
    last: null,
  };
}

/** The minutes of a series, and the hours and days that contain them. */
export function rowsOf({ rows }: Series): UsageRow[] {
  const all = [...rows];
  for (const [interval, lengthMs] of LONGER) {
    const sums = new Map<number, UsageRow>();
    for (const [, projectId, at, keyId, secretId, api, operation, environment, code, count, units] of rows) {
      const bucket = startOf(lengthMs, at);
      const sum = sums.get(bucket);
      if (sum) {
        sum[9] += count;
        sum[10] += units;
      } else {
        const labels = [keyId, secretId, api, operation, environment, code] as const;
        sums.set(bucket, [interval, projectId, bucket, ...labels, count, units]);
      }
    }
    all.push(...sums.values());
  }
  return all;
}
