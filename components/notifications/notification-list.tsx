import { clsx } from "clsx";
import type { EventKind } from "#core/events.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Notification } from "#domain/notifications/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { notificationsText } from "./text.ts";

/** Events that need action. */
const URGENT = new Set<EventKind>([
  "key.leaked",
  "key.revoked",
  "keys.revoked",
  "key.disabled",
  "key.expiring",
  "member.credentials-ended",
  "alert.denials",
  "alert.new-network",
]);

interface NotificationListProps {
  notifications: Notification[];
  /** The action that undoes what a management token did to the members of a project. */
  undoOf: (notification: Notification) => () => Promise<ActionResult<unknown>>;
}

/** Notifications, newest first. Unread ones have a filled dot. */
export function NotificationList({ notifications, undoOf }: NotificationListProps) {
  return (
    <ul aria-label={notificationsText.title}>
      {notifications.map((notification) => (
        <li
          key={notification.id}
          className="relative flex gap-3 border-b border-border px-5 py-3 transition-colors last:border-b-0 hover:bg-hover"
        >
          <span
            aria-hidden
            className={clsx(
              "mt-[7px] size-2 shrink-0 rounded-full",
              notification.readAt !== null
                ? "border-[1.5px] border-inert"
                : URGENT.has(notification.kind)
                  ? "bg-bad"
                  : "bg-accent",
            )}
          />
          <div className="min-w-0 flex-1">
            <Link href={notification.path} className="row-link font-medium">
              {notification.readAt === null ? (
                <span className="sr-only">{notificationsText.isNew}</span>
              ) : null}
              {notification.title}
            </Link>
            {notification.text ? <p className="text-sm text-muted">{notification.text}</p> : null}
            {notification.kind === "member.changed-by-token" && (
              <div className="relative mt-1 w-fit">
                {notification.data.undone === true ? (
                  <p className="text-sm text-muted">{notificationsText.undone}</p>
                ) : (
                  <ActionButton
                    size="sm"
                    about={notificationsText.undoAbout(notification.title)}
                    action={undoOf(notification)}
                  >
                    {notificationsText.undo}
                  </ActionButton>
                )}
              </div>
            )}
            <p className="mt-0.5 text-xs text-muted">
              {notification.project.name} ·{" "}
              <span className="relative">
                <RelativeTime at={notification.time} />
              </span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
