import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { StatusDot } from "../ui/badge.tsx";
import { accountText } from "./text.ts";

const { notifications: text } = accountText;

interface EmailNotificationsProps {
  enabled: boolean;
  email: string;
  set: (input: { mailNotifications: boolean }) => Promise<ActionResult<undefined>>;
}

/** Whether notifications are also sent by email. */
export function EmailNotifications({ enabled, email, set }: EmailNotificationsProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <StatusDot tone={enabled ? "good" : "inert"}>{enabled ? text.enabled(email) : text.disabled}</StatusDot>
      <ActionButton action={set.bind(null, { mailNotifications: !enabled })}>
        {enabled ? text.disable : text.enable}
      </ActionButton>
    </div>
  );
}
