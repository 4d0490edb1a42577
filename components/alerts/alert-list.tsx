import type { ActionResult } from "#domain/errors.ts";
import type { Alert } from "#domain/notifications/alerts/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { alertsText as text } from "./text.ts";

interface AlertListProps {
  alerts: Alert[];
  /** Whether the reader may change them. */
  canEdit: boolean;
  update: (input: { projectId: string; alertId: string; enabled: boolean }) => Promise<ActionResult<unknown>>;
  remove: (input: { projectId: string; alertId: string }) => Promise<ActionResult<unknown>>;
}

/** The alerts of a project. */
export function AlertList({ alerts, canEdit, update, remove }: AlertListProps) {
  return (
    <ul aria-label={text.title}>
      {alerts.map((alert) => {
        const { id: alertId, projectId, enabled, lastFiredAt } = alert;
        const rule = text.rule(alert);
        const verb = enabled ? text.disable : text.enable;
        return (
          <li
            key={alertId}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-border px-5 py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p className="font-medium">{rule}</p>
              <p className="text-sm text-muted">
                {text.to}
                {text.destinations(alert)}
                {" · "}
                {lastFiredAt === null ? (
                  text.neverFired
                ) : (
                  <>
                    {text.lastFired} <RelativeTime at={lastFiredAt} />
                  </>
                )}
              </p>
            </div>
            <StatusDot tone={enabled ? "good" : "inert"}>{enabled ? text.enabled : text.disabled}</StatusDot>
            {canEdit ? (
              <span className="flex gap-2">
                <ActionButton
                  size="sm"
                  about={text.about(verb, rule)}
                  action={update.bind(null, { projectId, alertId, enabled: !enabled })}
                >
                  {verb}
                </ActionButton>
                <ConfirmButton
                  label={text.remove.label}
                  size="sm"
                  about={text.about(text.remove.label, rule)}
                  title={text.remove.title}
                  confirm={text.remove.confirm}
                  action={remove.bind(null, { projectId, alertId })}
                >
                  {text.remove.effect}
                </ConfirmButton>
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
