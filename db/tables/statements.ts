import type { StatementLine } from "#core/plans/statement.ts";
import type { Dialect } from "../dialect.ts";

/** Statements of closed months. Rows are added once and never changed. */
export function defineStatements(d: Dialect) {
  const statements = d.table(
    "statements",
    {
      projectId: d.text("project_id").notNull(),
      /** As `2026-11`. */
      month: d.text("month").notNull(),
      projectName: d.text("project_name").notNull(),
      closedAt: d.instant("closed_at").notNull(),
      lines: d.json<StatementLine[]>("lines").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.projectId, t.month] }), d.index("statements_month").on(t.month)],
  );
  return { statements };
}
