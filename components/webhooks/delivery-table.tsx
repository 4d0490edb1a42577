import type { ActionResult } from "#domain/errors.ts";
import type { Delivery } from "#domain/notifications/webhooks/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { EmptyState } from "../ui/empty.tsx";
import type { CursorPaginationProps } from "../ui/pagination.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { DELIVERY_STATES } from "./state.ts";
import { webhooksText } from "./text.ts";

const text = webhooksText.deliveries;

interface DeliveryTableProps {
  deliveries: Delivery[];
  /** Null while the webhook is disabled. */
  replay: ((deliveryId: string) => () => Promise<ActionResult<unknown>>) | null;
  pagination: CursorPaginationProps;
}

/** The deliveries of a webhook, with their attempts. */
export function DeliveryTable({ deliveries, replay, pagination }: DeliveryTableProps) {
  return (
    <DataTable
      label={text.title}
      rows={deliveries}
      rowKey={({ id }) => id}
      pagination={pagination}
      empty={<EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>}
      columns={[
        {
          label: text.columns.event,
          className: "min-w-48",
          value: ({ event }) => (
            <>
              <div className="font-medium wrap-anywhere">{event.title}</div>
              <div className="text-sm text-muted">
                <code className="font-mono text-xs">{event.kind}</code> <RelativeTime at={event.time} />
              </div>
            </>
          ),
        },
        {
          label: text.columns.status,
          value: ({ state, nextAt, attempts }) => (
            <div>
              <StatusDot tone={DELIVERY_STATES[state].tone}>{DELIVERY_STATES[state].word}</StatusDot>
              {nextAt && attempts.length > 0 ? (
                <div className="text-sm text-muted">
                  {text.nextAttempt} <RelativeTime at={nextAt} />
                </div>
              ) : null}
            </div>
          ),
        },
        { label: text.columns.attempts, value: ({ attempts }) => <Attempts attempts={attempts} /> },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: ({ id, event }) =>
            replay ? (
              <ActionButton size="sm" about={text.resendAbout(event.title)} action={replay(id)}>
                {text.resend}
              </ActionButton>
            ) : null,
        },
      ]}
    />
  );
}

function Attempts({ attempts }: Pick<Delivery, "attempts">) {
  if (attempts.length === 0) return <span className="text-sm text-muted">{text.noAttempts}</span>;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer rounded">
        {text.attempts(attempts.length, resultOf(attempts.at(-1)))}
      </summary>
      <ol className="mt-1 grid gap-0.5 text-muted">
        {attempts.map((attempt) => (
          <li key={attempt.time}>
            <RelativeTime at={attempt.time} />: {text.attempt(resultOf(attempt), attempt.tookMs)}
          </li>
        ))}
      </ol>
    </details>
  );
}

function resultOf(attempt: Delivery["attempts"][number] | undefined): string {
  if (!attempt) return "";
  const { status } = attempt;
  const error = attempt.error?.replace(/\.$/, "") ?? null;
  if (status === null) return error ?? text.noResponse;
  return error === null ? text.status(status) : text.statusWithError(status, error);
}
