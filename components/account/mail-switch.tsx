import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { StatusDot } from "../ui/badge.tsx";

interface MailSwitchProps {
  on: boolean;
  address: string;
  set: (input: { mailNotices: boolean }) => Promise<ActionResult<undefined>>;
}

/** Whether notices also come by mail. */
export function MailSwitch({ on, address, set }: MailSwitchProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <StatusDot tone={on ? "good" : "inert"}>{on ? `Sent to ${address}` : "Not sent"}</StatusDot>
      <ActionButton action={set.bind(null, { mailNotices: !on })}>
        {on ? "Stop mails" : "Send mails"}
      </ActionButton>
    </div>
  );
}
