"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useShellProject } from "./current-project.tsx";
import { createHref, type SearchAction, type ShellProject } from "./nav.ts";
import { areCharactersEnabled, pageCreate, pageSearch, pressOf, shortcutOf } from "./shortcuts.ts";
import { shellText } from "./text.ts";

const CommandMenu = lazyInBrowser(() => import("./command-menu.tsx").then((module) => module.CommandMenu));

const ShortcutsDialog = lazyInBrowser(() =>
  import("./shortcuts-dialog.tsx").then((module) => module.ShortcutsDialog),
);

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
        compact ? "size-11 justify-center hover:bg-hover" : "h-8 border border-border px-2 hover:border-edge",
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

/** Holds the command menu and listens for the shortcuts. Menu and dialog are loaded on first use. */
export function CommandMenuHost({ admin, projects, lastProject, search }: CommandMenuHostProps) {
  const router = useRouter();
  const project = useShellProject(projects, lastProject);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const [help, setHelp] = useState(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };
  const create = () => {
    const link = pageCreate();
    if (link) link.click();
    else router.push(createHref(project));
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = event.defaultPrevented ? null : shortcutOf(pressOf(event), areCharactersEnabled());
    if (shortcut === null) return;
    event.preventDefault();
    // Opening another page while a secret is shown once would lose the secret.
    if (document.querySelector("[data-secret-once]")) return;
    const field = pageSearch();
    if (shortcut === "help") setHelp(true);
    else if (shortcut === "create") create();
    else if (shortcut === "search" && field) field.focus();
    else show();
  });
  const onOpen = useEffectEvent(show);
  useEffect(() => {
    const stop = new AbortController();
    window.addEventListener(OPEN_EVENT, () => onOpen(), { signal: stop.signal });
    window.addEventListener("keydown", (event) => onKey(event), { signal: stop.signal });
    return () => stop.abort();
  }, []);
  return (
    <>
      {wanted ? (
        <CommandMenu
          open={open}
          onClose={() => setOpen(false)}
          onHelp={() => setHelp(true)}
          admin={admin}
          project={project}
          projects={projects}
          search={search}
        />
      ) : null}
      {help ? <ShortcutsDialog onClose={() => setHelp(false)} /> : null}
    </>
  );
}
