import type { StatementLine } from "#core/plans/statement.ts";
import { Badge } from "../ui/badge.tsx";
import { Section } from "../ui/card.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { formatMonth } from "../ui/format-time.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { statementsText as text } from "./text.ts";

type Counts = "requests" | "units" | "included" | "over";

const count = (name: Counts): Column<StatementLine> => ({
  label: text.columns[name],
  numeric: true,
  className: "w-24",
  value: (line) => (line.kind === "fee" ? "" : <FormattedNumber value={line[name]} />),
});

const COLUMNS: Column<StatementLine>[] = [
  { label: text.columns.operation, className: "wrap-anywhere", value: nameOf },
  count("requests"),
  count("units"),
  count("included"),
  count("over"),
  { label: text.columns.price, numeric: true, className: "w-52", value: (line) => text.price(line) },
  {
    label: text.columns.amount,
    numeric: true,
    className: "w-32",
    value: ({ amount, currency }) => text.amount(amount, currency),
  },
];

interface StatementTablesProps {
  lines: readonly StatementLine[];
  /** The names of APIs by their slug. */
  apiNames: ReadonlyMap<string, string>;
}

/** The lines of a statement, a table for each API and plan. Numbers have the same width in all of them. */
export function StatementTables({ lines: all, apiNames }: StatementTablesProps) {
  const groups = Map.groupBy(all, ({ api, plan, trial }) =>
    JSON.stringify([api, plan?.slug, plan?.version, trial]),
  );
  return [...groups].map(([name, lines]) => {
    const [first] = lines;
    if (first === undefined) return null;
    const { plan, trial } = first;
    const api = apiNames.get(first.api) ?? first.api;
    const description = plan === null ? text.noPlan : text.plan(plan.name, plan.version);
    return (
      <Section
        key={name}
        title={api}
        description={description}
        actions={trial ? <Badge tone="accent">{text.trial}</Badge> : null}
      >
        <DataTable
          label={[api, description, ...(trial ? [text.trial] : [])].join(", ")}
          dense
          rows={lines}
          rowKey={({ kind, month, operation, price }) => JSON.stringify([kind, month, operation, price])}
          columns={COLUMNS}
        />
      </Section>
    );
  });
}

function nameOf({ kind, month, operation }: StatementLine) {
  if (kind === "fee") return text.fee;
  if (kind === "late") return text.late(formatMonth(Date.parse(`${month}-01`)));
  if (operation === "*") return text.unlisted;
  return operation === "" ? text.unknown : <code className="font-mono text-sm">{operation}</code>;
}
