import type { HeldBillingEvent } from "#domain/billing/export/schema.ts";
import { DataTable } from "../ui/data-table.tsx";
import { formatHour } from "../ui/format-time.ts";
import { Link } from "../ui/link.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { billingExportText } from "./text.ts";

const text = billingExportText.held;

interface HeldTableProps {
  events: HeldBillingEvent[];
  /** By slug. A deleted API has none. */
  apiNames: ReadonlyMap<string, string>;
}

/** The events that are held, and why. */
export function HeldTable({ events, apiNames }: HeldTableProps) {
  const usageOf = ({ api, operation }: HeldBillingEvent) =>
    [apiNames.get(api) ?? api, operation].filter((part) => part !== "").join(", ");
  return (
    <DataTable
      label={text.title}
      dense
      alignTop
      rows={events}
      rowKey={({ id }) => id}
      columns={[
        {
          label: text.columns.project,
          value: ({ projectId, projectName }) => (
            <Link href={`/projects/${projectId}`} className="rounded hover:underline">
              {projectName}
            </Link>
          ),
        },
        {
          label: text.columns.usage,
          value: (event) => (
            <>
              <div className="wrap-anywhere">{usageOf(event)}</div>
              <div className="font-mono text-xs text-muted wrap-anywhere">{event.keyId}</div>
            </>
          ),
        },
        { label: text.columns.hour, value: ({ hour }) => formatHour(Date.parse(hour)) },
        { label: text.columns.units, numeric: true, value: ({ units }) => <FormattedNumber value={units} /> },
        {
          label: text.columns.reason,
          value: ({ reason, detail }) => (
            <>
              <div>{text.reasons[reason]}</div>
              {detail ? <div className="text-sm text-muted wrap-anywhere">{detail}</div> : null}
            </>
          ),
        },
      ]}
    />
  );
}
