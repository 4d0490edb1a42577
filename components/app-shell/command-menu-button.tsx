"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useShellProject } from "./current-project.tsx";
import type { SearchAction, ShellProject } from "./nav.ts";
import { shellText } from "./text.ts";

const CommandMenu = dynamic(() => import("./command-menu.tsx").then((module) => module.CommandMenu), {
  ssr: false,
});

const OPEN_EVENT = "latchkey:command-menu";

const neverChanges = () => () => {};
const hasCommandKey = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the command menu (⌘K, or Ctrl+K). A page may have several of these buttons, but only one menu. */
export function CommandMenuButton({ compact }: { compact?: boolean }) {
  const isMac = useSyncExternalStore(neverChanges, hasCommandKey, () => false);
  return (
    <button
      type="button"
      aria-keyshortcuts="Meta+K Control+K"
      aria-label={compact ? shellText.search : undefined}
      onClick={() => window.dispatchEvent(new Event(OPEN_EVENT))}
      className={clsx(
        "focus-inset flex items-center gap-2 rounded text-sm text-muted transition-colors hover:text-ink",
        compact ? "size-9 justify-center hover:bg-hover" : "h-8 border border-border px-2 hover:border-edge",
      )}
    >
      <Search aria-hidden className="size-4" />
      {compact ? null : (
        <>
          <span className="flex-1 text-left">{shellText.search}</span>
          <kbd aria-hidden className="rounded border border-border px-1 font-sans text-xs">
            {isMac ? "⌘K" : "Ctrl K"}
          </kbd>
        </>
      )}
    </button>
  );
}

interface CommandMenuHostProps {
  admin: boolean;
  projects: ShellProject[];
  lastProject: ShellProject | null;
  search: SearchAction;
}

/** Holds the command menu and listens for its shortcut. The menu is loaded on first use. */
export function CommandMenuHost({ admin, projects, lastProject, search }: CommandMenuHostProps) {
  const project = useShellProject(projects, lastProject);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const show = () => {
      setWanted(true);
      setOpen(true);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      // Opening another page while a secret is shown once would lose the secret.
      if (!document.querySelector("[data-secret-once]")) show();
    };
    window.addEventListener(OPEN_EVENT, show);
    window.addEventListener("keydown", key);
    return () => {
      window.removeEventListener(OPEN_EVENT, show);
      window.removeEventListener("keydown", key);
    };
  }, []);
  if (!wanted) return null;
  return (
    <CommandMenu open={open} onClose={() => setOpen(false)} admin={admin} project={project} search={search} />
  );
}
