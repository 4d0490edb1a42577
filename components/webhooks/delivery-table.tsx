import type { ActionResult } from "#domain/errors.ts";
import type { Delivery } from "#domain/notifications/webhooks/types.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { Table, Td, Th, Thead, Tr } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { DELIVERY_STATES } from "./state.ts";

interface DeliveryTableProps {
  deliveries: Delivery[];
  /** Null while the webhook is disabled. */
  replay: ((deliveryId: string) => () => Promise<ActionResult<unknown>>) | null;
}

/** The deliveries of a webhook, with their attempts. */
export function DeliveryTable({ deliveries, replay }: DeliveryTableProps) {
  return (
    <Table aria-label="Deliveries">
      <Thead>
        <tr>
          <Th>Event</Th>
          <Th>Status</Th>
          <Th className="max-md:hidden">Attempts</Th>
          <Th className="w-0">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Tr key={delivery.id}>
            <Td className="min-w-48">
              <span className="block font-medium">{delivery.event.title}</span>
              <span className="block text-sm text-muted">
                <code className="font-mono text-xs">{delivery.event.kind}</code>{" "}
                <RelativeTime at={delivery.event.time} />
              </span>
              <div className="mt-1 md:hidden">
                <Attempts attempts={delivery.attempts} />
              </div>
            </Td>
            <Td>
              <StatusDot tone={DELIVERY_STATES[delivery.state].tone}>
                {DELIVERY_STATES[delivery.state].word}
              </StatusDot>
              {delivery.nextAt && delivery.attempts.length > 0 ? (
                <span className="block text-sm text-muted">
                  next attempt <RelativeTime at={delivery.nextAt} />
                </span>
              ) : null}
            </Td>
            <Td className="max-md:hidden">
              <Attempts attempts={delivery.attempts} />
            </Td>
            <Td>
              {replay ? (
                <ActionButton
                  size="sm"
                  about={`Send again: ${delivery.event.title}`}
                  action={replay(delivery.id)}
                >
                  Send again
                </ActionButton>
              ) : null}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Attempts({ attempts }: Pick<Delivery, "attempts">) {
  if (attempts.length === 0) return <span className="text-sm text-muted">None yet</span>;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer rounded">
        {attempts.length} {attempts.length === 1 ? "attempt" : "attempts"}, last: {resultOf(attempts.at(-1))}
      </summary>
      <ol className="mt-1 grid gap-0.5 text-muted">
        {attempts.map((attempt) => (
          <li key={attempt.time}>
            <RelativeTime at={attempt.time} />: {resultOf(attempt)} in {attempt.tookMs} ms
          </li>
        ))}
      </ol>
    </details>
  );
}

function resultOf(attempt: Delivery["attempts"][number] | undefined): string {
  if (!attempt) return "";
  const { status, error } = attempt;
  if (status === null) return error ?? "no response";
  return error === null ? `status ${status}` : `status ${status} (${error.replace(/\.$/, "")})`;
}
