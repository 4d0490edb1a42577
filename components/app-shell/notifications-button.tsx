"use client";

import { Bell as BellIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { buttonClass } from "../ui/button.tsx";
import { useUnread } from "./use-unread.ts";

/** As far as they are counted. */
const MANY = 100;

/** The way to what one was told, with how much of it is new. */
export function NotificationsButton() {
  const path = usePathname();
  const unread = useUnread();
  const words = unread === 0 ? "Notices" : `Notices, ${unread >= MANY ? `${MANY} or more` : unread} unread`;
  return (
    <Link
      href="/notifications"
      aria-label={words}
      title={words}
      aria-current={path === "/notifications" ? "page" : undefined}
      className={buttonClass({ variant: "ghost", size: "icon" }, "relative size-8")}
    >
      <BellIcon aria-hidden className="size-4" />
      {unread > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-accent-fill px-1 text-center text-[10px] leading-4 font-semibold text-accent-ink tabular-nums"
        >
          {unread >= MANY ? "99+" : unread}
        </span>
      ) : null}
    </Link>
  );
}
