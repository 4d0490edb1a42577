import { stringify } from "csv-stringify/sync";
import type { Verb } from "../../context.ts";
import type { UsageCsv } from "../../usage/csv.ts";
import { readStatement } from "./read.ts";
import type { ReadStatementInput } from "./schema.ts";

/** The lines of `readStatement` as CSV. */
export async function statementCsv({ ctx, input }: Verb<ReadStatementInput>): Promise<UsageCsv> {
  const { lines, month, projectId, status } = await readStatement({ ctx, input });
  const rows = lines.map(({ plan, trial, month: lateMonth, ...line }) => ({
    ...line,
    month: lateMonth ?? month,
    plan: plan?.slug,
    version: plan?.version,
    trial: trial ? "yes" : "no",
    status,
  }));
  return {
    filename: `statement-${projectId}-${month}.csv`,
    text: stringify(rows, {
      header: true,
      columns: [
        "month",
        "status",
        "kind",
        "api",
        "plan",
        "version",
        "trial",
        "operation",
        "requests",
        "units",
        "included",
        "over",
        "price",
        "currency",
        "amount",
      ],
      // A service chooses the names of operations, and a spreadsheet must treat `=HYPERLINK(…)` as text.
      escape_formulas: true,
    }),
  };
}
