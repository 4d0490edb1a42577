import type { SessionView } from "#domain/access/accounts/my-sessions.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { browserName } from "./browser-name.ts";

interface SessionListProps {
  sessions: SessionView[];
  currentId: string | null;
  end: (input: { sessionId: string }) => Promise<ActionResult<unknown>>;
}

/** Where somebody is signed in; this browser first. */
export function SessionList({ sessions, currentId, end }: SessionListProps) {
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
                {session.id === currentId ? <Badge>This browser</Badge> : null}
              </p>
              <p className="text-sm text-muted">
                {session.address ?? "address unknown"} · seen <RelativeTime at={session.lastSeenAt} /> ·
                signed in <RelativeTime at={session.createdAt} />
              </p>
            </div>
            {session.id === currentId ? null : (
              <ConfirmButton
                variant="ghost"
                size="sm"
                label="Sign out…"
                about={`Sign out ${browserName(session.userAgent)} at ${session.address ?? "an unknown address"}…`}
                title="Sign out there?"
                confirm="Sign out"
                action={end.bind(null, { sessionId: session.id })}
              >
                <p>Whoever uses it has to sign in again. If it was not you, change your password too.</p>
              </ConfirmButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
