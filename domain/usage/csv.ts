import { stringify } from "csv-stringify/sync";
import { iso } from "#core/time.ts";
import type { Verb } from "../context.ts";
import { readWholeUsage } from "./read.ts";
import type { ReadSiteUsageInput, ReadUsageInput, Usage, UsageGroup } from "./schema.ts";
import { readSiteUsage } from "./site.ts";

export interface UsageCsv {
  filename: string;
  text: string;
}

/** The counts of `readUsage` with every group, as CSV: one line per bucket and group. */
export async function usageCsv({ ctx, input }: Verb<ReadUsageInput>): Promise<UsageCsv> {
  return csvOf(await readWholeUsage(ctx, input), input.groupBy, input.projectId);
}

/** The site's counts of `readSiteUsage`, as CSV: one line per bucket and code. */
export async function siteUsageCsv({ ctx, input }: Verb<ReadSiteUsageInput>): Promise<UsageCsv> {
  return csvOf((await readSiteUsage({ ctx, input })).usage, "code", "site");
}

/** With `compare`, the group of all requests of the period before. */
const PREVIOUS = "(previous period)";

function csvOf(usage: Usage, groupBy: UsageGroup, of: string): UsageCsv {
  const lines = usage.series.flatMap(({ group, label, points }) =>
    points.map(([bucket, checks]) => ({ at: iso(bucket), group, label, checks })),
  );
  const before = usage.previous?.points ?? [];
  lines.push(
    ...before.map(([bucket, checks]) => ({ at: iso(bucket), group: PREVIOUS, label: PREVIOUS, checks })),
  );
  lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    filename: `usage-${of}-${usage.from.slice(0, 10)}-${usage.interval}.csv`,
    text: stringify(lines, {
      header: true,
      columns: { at: `${usage.interval}_utc`, group: groupBy, label: "label", checks: "checks" },
      // A key's name may be `=HYPERLINK(…)`: a spreadsheet must treat it as text.
      escape_formulas: true,
    }),
  };
}
