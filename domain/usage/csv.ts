import { stringify } from "csv-stringify/sync";
import type { Verb } from "../context.ts";
import { iso } from "../time.ts";
import { readUsage } from "./read.ts";
import type { ReadUsageInput } from "./schemas.ts";
import type { UsageCsv } from "./types.ts";

/** The numbers of `readUsage`, a line for each bucket and group that was counted. */
export async function usageCsv({ ctx, input }: Verb<ReadUsageInput>): Promise<UsageCsv> {
  const usage = await readUsage({ ctx, input });
  const lines = usage.series.flatMap(({ group, label, points }) =>
    points.map(([bucket, checks]) => ({ at: iso(bucket), group, label, checks })),
  );
  lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    filename: `usage-${input.projectId}-${usage.from.slice(0, 10)}-${usage.interval}.csv`,
    text: stringify(lines, {
      header: true,
      columns: { at: `${usage.interval}_utc`, group: input.groupBy, label: "label", checks: "checks" },
      // A key may be called `=HYPERLINK(…)`: a spreadsheet must read it as a text.
      escape_formulas: true,
    }),
  };
}
