import Link from "next/link";
import type { EventKind } from "#core/events.ts";
import type { Notification } from "#domain/notifications/types.ts";
import { cx } from "../ui/cx.ts";
import { RelativeTime } from "../ui/time.tsx";
import { notificationsText } from "./text.ts";

/** Events that need action. */
const URGENT = new Set<EventKind>([
  "key.leaked",
  "key.revoked",
  "keys.revoked",
  "key.disabled",
  "key.expiring",
]);

/** Notifications, newest first. Unread ones have a filled dot. */
export function NoticeList({ notices }: { notices: Notification[] }) {
  return (
    <ul aria-label={notificationsText.title}>
      {notices.map((notice) => (
        <li
          key={notice.id}
          className="relative flex gap-3 border-b border-border px-5 py-3 transition-colors last:border-b-0 hover:bg-hover"
        >
          <span
            aria-hidden
            className={cx(
              "mt-[7px] size-2 shrink-0 rounded-full",
              notice.readAt !== null
                ? "border-[1.5px] border-inert"
                : URGENT.has(notice.kind)
                  ? "bg-bad"
                  : "bg-accent",
            )}
          />
          <div className="min-w-0 flex-1">
            <Link href={notice.path} prefetch={false} className="font-medium after:absolute after:inset-0">
              {notice.readAt === null ? <span className="sr-only">{notificationsText.isNew}</span> : null}
              {notice.title}
            </Link>
            {notice.text ? <p className="text-sm break-words text-muted">{notice.text}</p> : null}
            <p className="mt-0.5 text-xs text-muted">
              {notice.project.name} ·{" "}
              <span className="relative">
                <RelativeTime at={notice.time} />
              </span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
