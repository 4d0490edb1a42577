"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { buttonClass } from "../ui/button.tsx";
import { Link } from "../ui/link.tsx";
import { shellText } from "./text.ts";
import { useUnread } from "./use-unread.ts";

/** The server counts no further. */
const MANY = 100;

/** Links to the notifications, with the number of unread ones. `icon`: rendered by the server. */
export function NotificationsButton({ icon }: { icon: ReactNode }) {
  const path = usePathname();
  const unread = useUnread();
  const words =
    unread === 0
      ? shellText.pages.notifications
      : shellText.unread(unread >= MANY ? shellText.manyUnread : String(unread));
  return (
    <Link
      href="/notifications"
      aria-label={words}
      title={words}
      aria-current={path === "/notifications" ? "page" : undefined}
      className={buttonClass({ variant: "ghost", size: "icon" }, "relative max-lg:size-11!")}
    >
      {icon}
      {unread > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 min-w-4 max-lg:top-1 max-lg:right-1 rounded-full bg-accent-fill px-1 text-center text-[10px] leading-4 font-semibold text-accent-ink tabular-nums"
        >
          {unread >= MANY ? "99+" : unread}
        </span>
      ) : null}
    </Link>
  );
}
