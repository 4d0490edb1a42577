import { countEntries } from "#core/restrictions/kinds.ts";
import type { LeakAction } from "#domain/access/policies/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Alert } from "../ui/card.tsx";
import { Link } from "../ui/link.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import type { KeyActions } from "./actions.ts";
import { ReactivateButton } from "./key-tabs.tsx";
import { endedByText } from "./status-text.ts";
import { keysText } from "./text.ts";

const text = keysText.alert;

interface KeyAlertProps {
  subject: Key;
  /** The site's policy for leaked keys when a secret that has not lapsed was found in public; else null. */
  leaked: LeakAction | null;
  /** Why the reader may not reactivate it, and who can; null when they may. */
  blocked: string | null;
  nowMs: number;
  mayChange: boolean;
  settingsHref: string;
  restrictionsHref: string;
  actions: Pick<KeyActions, "update" | "restore">;
}

/** Why a key does not work, and how to change that; or a warning that it works from anywhere. */
export function KeyAlert({
  subject,
  leaked,
  blocked,
  nowMs,
  mayChange,
  settingsHref,
  restrictionsHref,
  actions,
}: KeyAlertProps) {
  // `blocked` names who ended it.
  const by = blocked === null ? endedByText(subject.endedBy) : "";
  const { status, revokedAt, restorableUntil, expiresAt } = subject;
  if (status === "revoked" && revokedAt) {
    const restorable = restorableUntil !== null && Date.parse(restorableUntil) > nowMs;
    return (
      <Alert
        tone="inert"
        actions={
          mayChange && restorable ? (
            <ReactivateButton
              subject={subject}
              kind="restore"
              leaked={leaked}
              blocked={blocked}
              actions={actions}
            />
          ) : undefined
        }
      >
        {text.revoked} {by ? `${by} ` : null}
        <RelativeTime at={revokedAt} />: {text.denied} <code className="font-mono">KEY_REVOKED</code>.{" "}
        {restorable ? (
          <>
            {text.restorableUntil} <DateTime at={restorableUntil} />. {blocked}
          </>
        ) : (
          text.notRestorable
        )}
      </Alert>
    );
  }
  if (status === "disabled") {
    return (
      <Alert
        tone="inert"
        actions={
          mayChange ? (
            <ReactivateButton
              subject={subject}
              kind="enable"
              leaked={leaked}
              blocked={blocked}
              actions={actions}
            />
          ) : undefined
        }
      >
        {text.disabled}
        {by ? ` ${by}` : null}: {text.denied} <code className="font-mono">KEY_DISABLED</code>. {blocked}
      </Alert>
    );
  }
  if (status === "expired" && expiresAt) {
    return (
      <Alert
        actions={
          mayChange ? (
            <a href={settingsHref} className="font-medium underline">
              {text.changeExpiry}
            </a>
          ) : undefined
        }
      >
        {text.expired} <RelativeTime at={expiresAt} />: {text.denied}{" "}
        <code className="font-mono">KEY_EXPIRED</code>.
      </Alert>
    );
  }
  const isOpen = Object.values(countEntries(subject.restrictions)).every((count) => count === 0);
  if (isOpen && subject.environment === "live") {
    return (
      <Alert
        actions={
          mayChange ? (
            <Link href={restrictionsHref} className="font-medium underline">
              {text.restrict}
            </Link>
          ) : undefined
        }
      >
        {text.open}
      </Alert>
    );
  }
  return null;
}
