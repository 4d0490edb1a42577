import type { BillingExport } from "#domain/billing/export/schema.ts";
import { StatusDot } from "../ui/badge.tsx";
import { DataTable, RowLink } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty.tsx";

import { formatHour } from "../ui/format-time.ts";
import { NewLink } from "../ui/new-link.tsx";
import { exportState } from "./state.ts";
import { billingExportText as text } from "./text.ts";

/** The exports. Each links to its own page. */
export function ExportTable({ exports }: { exports: BillingExport[] }) {
  return (
    <DataTable
      label={text.title}
      rows={exports}
      rowKey={({ id }) => id}
      empty={
        <EmptyState title={text.empty.title} action={<NewLink>{text.new}</NewLink>}>
          {text.empty.body}
        </EmptyState>
      }
      columns={[
        {
          label: text.columns.name,
          value: ({ id, name }) => <RowLink href={`/admin/billing-exports/${id}`}>{name}</RowLink>,
        },
        {
          label: text.columns.receiver,
          value: ({ adapter, url }) => (
            <>
              <div>{text.adapters[adapter]}</div>
              <div className="text-sm text-muted wrap-anywhere">{new URL(url).host}</div>
            </>
          ),
        },
        {
          label: text.columns.status,
          value: (one) => {
            const { tone, word } = exportState(one);
            return <StatusDot tone={tone}>{word}</StatusDot>;
          },
        },
        { label: text.columns.lag, value: ({ lagSeconds }) => text.lag(lagSeconds) },
        {
          label: text.columns.until,
          from: "md",
          value: ({ exportedUntil }) => formatHour(Date.parse(exportedUntil)),
        },
      ]}
    />
  );
}
