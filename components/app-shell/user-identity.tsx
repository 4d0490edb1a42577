"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useMenuButton } from "../ui/use-menu-button.ts";
import { shellText } from "./text.ts";

const UserMenu = lazyInBrowser(() => import("./user-menu.tsx").then((module) => module.UserMenu));

interface UserIdentityProps {
  name: string;
  siteRole: "admin" | "developer";
  signOut: () => Promise<void>;
}

/** The signed-in user, with a menu for account, theme and sign-out. The menu is loaded on first use. */
export function UserIdentity({ name, siteRole, signOut }: UserIdentityProps) {
  const { isLoaded, button, menu } = useMenuButton();
  return (
    <>
      <button
        {...button}
        className="focus-inset flex h-11 w-full items-center gap-2.5 rounded px-2 text-left transition-colors hover:bg-hover aria-expanded:bg-hover"
      >
        <span
          aria-hidden
          className="grid size-7 shrink-0 place-content-center rounded-full bg-inert-soft text-xs font-semibold text-muted"
        >
          {initials(name)}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{name}</span>
          {siteRole === "admin" ? (
            <span className="block text-xs text-muted">{shellText.administrator}</span>
          ) : null}
        </span>
        <span className="sr-only">{shellText.accountAndTheme}</span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </button>
      {isLoaded ? <UserMenu {...menu} signOut={signOut} /> : null}
    </>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => word?.charAt(0).toUpperCase())
    .join("");
}
