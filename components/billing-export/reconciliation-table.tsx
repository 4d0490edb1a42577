import type { ExportCounts, Reconciliation } from "#domain/billing/export/schema.ts";
import { StatusDot } from "../ui/badge.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { formatDate } from "../ui/format-time.ts";
import { billingExportText } from "./text.ts";

const text = billingExportText.reconciliation;

/** What was exported and acknowledged by day, next to the usage. */
export function ReconciliationTable({ report }: { report: Reconciliation }) {
  const { total } = report;
  const counts = ({ units, requests }: ExportCounts) => text.counts(units, requests);
  const sum = (a: ExportCounts, b: ExportCounts) => ({
    units: a.units + b.units,
    requests: a.requests + b.requests,
  });
  return (
    <DataTable
      label={text.title}
      dense
      rows={[...report.rows].reverse()}
      rowKey={({ start }) => start}
      empty={<EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>}
      columns={[
        {
          label: text.columns.day,
          value: ({ start }) => formatDate(Date.parse(start), "UTC"),
          total: text.total,
        },
        {
          label: text.columns.usage,
          value: ({ usage }) => counts(usage),
          total: counts(total.usage),
        },
        {
          label: text.columns.exported,
          from: "lg",
          value: ({ exported }) => counts(exported),
          total: counts(total.exported),
        },
        {
          label: text.columns.acknowledged,
          value: ({ acknowledged }) => counts(acknowledged),
          total: counts(total.acknowledged),
        },
        {
          label: text.columns.open,
          from: "md",
          value: ({ held, notBilled }) => counts(sum(held, notBilled)),
          total: counts(sum(total.held, total.notBilled)),
        },
        {
          label: text.columns.result,
          value: ({ balanced }) => <Result balanced={balanced} />,
          total: <Result balanced={total.balanced} />,
        },
      ]}
    />
  );
}

function Result({ balanced }: { balanced: boolean }) {
  return (
    <StatusDot tone={balanced ? "good" : "attention"}>{balanced ? text.balanced : text.differs}</StatusDot>
  );
}
