import Link from "next/link";
import { countEntries } from "#core/restrictions/kinds.ts";
import type { LeakAction } from "#domain/access/policies/types.ts";
import type { Key } from "#domain/keys/types.ts";
import { Notice } from "../ui/card.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import type { KeyActions } from "./actions.ts";
import { BackOn } from "./back-on.tsx";
import { endedByWords } from "./state.ts";

interface KeyNoticeProps {
  subject: Key;
  /** A secret of it that has not lapsed was found in public: what the site's rule does then; else null. */
  leaked: LeakAction | null;
  /** Why the reader may not bring it back, and who can; null where they may. */
  blocked: string | null;
  nowMs: number;
  mayChange: boolean;
  settingsHref: string;
  restrictionsHref: string;
  actions: Pick<KeyActions, "update" | "restore">;
}

/** Why a key does not work, with the way back; or that it works from anywhere. */
export function KeyNotice({
  subject,
  leaked,
  blocked,
  nowMs,
  mayChange,
  settingsHref,
  restrictionsHref,
  actions,
}: KeyNoticeProps) {
  // `blocked` names who ended it.
  const by = blocked === null ? endedByWords(subject.endedBy) : "";
  const { status, revokedAt, restorableUntil, expiresAt } = subject;
  if (status === "revoked" && revokedAt) {
    const restorable = restorableUntil !== null && Date.parse(restorableUntil) > nowMs;
    return (
      <Notice
        tone="inert"
        actions={
          mayChange && restorable ? (
            <BackOn subject={subject} kind="restore" leaked={leaked} blocked={blocked} actions={actions} />
          ) : undefined
        }
      >
        Revoked {by ? `${by} ` : null}
        <RelativeTime at={revokedAt} />: it is refused everywhere with{" "}
        <code className="font-mono">KEY_REVOKED</code>.{" "}
        {restorable ? (
          <>
            It can be restored until <DateTime at={restorableUntil} />. {blocked}
          </>
        ) : (
          "It can no longer be restored."
        )}
      </Notice>
    );
  }
  if (status === "disabled") {
    return (
      <Notice
        tone="inert"
        actions={
          mayChange ? (
            <BackOn subject={subject} kind="enable" leaked={leaked} blocked={blocked} actions={actions} />
          ) : undefined
        }
      >
        Disabled{by ? ` ${by}` : null}: it is refused everywhere with{" "}
        <code className="font-mono">KEY_DISABLED</code>. {blocked}
      </Notice>
    );
  }
  if (status === "expired" && expiresAt) {
    return (
      <Notice
        actions={
          mayChange ? (
            <a href={settingsHref} className="font-medium underline">
              Change the expiry
            </a>
          ) : undefined
        }
      >
        Expired <RelativeTime at={expiresAt} />: it is refused everywhere with{" "}
        <code className="font-mono">KEY_EXPIRED</code>.
      </Notice>
    );
  }
  const isOpen = Object.values(countEntries(subject.restrictions)).every((count) => count === 0);
  if (isOpen && subject.environment === "live") {
    return (
      <Notice
        actions={
          mayChange ? (
            <Link href={restrictionsHref} className="font-medium underline">
              Restrict it
            </Link>
          ) : undefined
        }
      >
        This key works from anywhere: whoever finds it can use it. Restrict it to where it runs.
      </Notice>
    );
  }
  return null;
}
