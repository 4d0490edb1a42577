import { OTHERS } from "#core/other-values.ts";
import type { OldSecretSender, Rotation } from "#domain/keys/rotation/schema.ts";
import type { KeyApi } from "../keys/new-key-form.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { FormattedNumber } from "../ui/number.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { rotationText } from "./text.ts";

const text = rotationText.senders;
const KINDS: Record<OldSecretSender["kind"], { title: string; none: string }> = text.kinds;

interface SendersProps extends Pick<Rotation, "senders" | "operations"> {
  apis: KeyApi[];
}

/** Where the old secret is still sent from, and which operations are called with it. */
export function Senders({ senders, operations, apis }: SendersProps) {
  const names = new Map(apis.map(({ slug, name }) => [slug, name]));
  if (senders.length === 0 && operations.length === 0) return null;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {senders.length > 0 ? (
        <DataTable
          bare
          label={text.table}
          rows={senders}
          rowKey={({ kind, value }) => `${kind} ${value}`}
          columns={[
            {
              label: text.from,
              className: "max-w-0 min-w-40",
              value: ({ kind, value, values }) => (
                <>
                  <span className="block text-xs text-muted">
                    {values > 1 ? text.network(values) : KINDS[kind].title}
                  </span>
                  <span className="block truncate font-mono text-sm" title={value}>
                    {value === ""
                      ? KINDS[kind].none
                      : value === OTHERS
                        ? text.others
                        : value.replaceAll("|", ", ")}
                  </span>
                </>
              ),
            },
            ...COUNT_COLUMNS,
          ]}
        />
      ) : null}
      {operations.length > 0 ? (
        <DataTable
          bare
          label={text.operations}
          rows={operations}
          rowKey={({ api, operation }) => `${api} ${operation}`}
          columns={[
            {
              label: text.operation,
              value: ({ api, operation }) => (
                <>
                  <span className="block text-xs text-muted">{names.get(api) ?? api}</span>
                  <span className="block font-mono text-sm break-all">{operation || text.noOperation}</span>
                </>
              ),
            },
            ...COUNT_COLUMNS,
          ]}
        />
      ) : null}
    </div>
  );
}

const COUNT_COLUMNS: Column<{ count: number; lastSeenAt: string }>[] = [
  { label: text.requests, numeric: true, value: ({ count }) => <FormattedNumber value={count} /> },
  {
    label: text.lastSeen,
    className: "text-sm",
    value: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
  },
];
