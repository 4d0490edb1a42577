import type { SessionView } from "#domain/access/accounts/my-sessions.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { browserName } from "./browser-name.ts";
import { accountText } from "./text.ts";

const { sessions: text } = accountText;

interface SessionListProps {
  sessions: SessionView[];
  currentId: string | null;
  /** The action that ends a session. */
  endOf: (sessionId: string) => () => Promise<ActionResult<unknown>>;
}

/** The sessions of a user, the current one first. */
export function SessionList({ sessions, currentId, endOf }: SessionListProps) {
  const ordered = sessions.toSorted((a, b) => Number(b.id === currentId) - Number(a.id === currentId));
  return (
    <Card flush>
      <ul>
        {ordered.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-border px-5 py-3 last:border-b-0"
          >
            <div className="grid gap-0.5">
              <p className="flex items-center gap-2 font-medium">
                {browserName(session.userAgent)}
                {session.id === currentId ? <Badge>{text.thisBrowser}</Badge> : null}
              </p>
              <p className="text-sm text-muted">
                {session.address ?? text.unknownIpAddress}
                {text.lastSeen}
                <RelativeTime at={session.lastSeenAt} />
                {text.signedIn}
                <RelativeTime at={session.createdAt} />
              </p>
            </div>
            {session.id === currentId ? null : (
              <ConfirmButton
                variant="ghost"
                size="sm"
                label={text.signOut.label}
                about={text.signOut.about(
                  browserName(session.userAgent),
                  session.address ?? text.unknownIpAddress,
                )}
                title={text.signOut.title}
                confirm={text.signOut.confirm}
                action={endOf(session.id)}
              >
                <p>{text.signOut.effect}</p>
              </ConfirmButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
