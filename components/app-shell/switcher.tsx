"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useMenuButton } from "../ui/use-menu-button.ts";
import type { ShellProject } from "./nav.ts";
import { ProjectInitial } from "./project-initial.tsx";
import { shellText } from "./text.ts";

const SwitcherMenu = lazyInBrowser(() => import("./switcher-menu.tsx").then((module) => module.SwitcherMenu));

interface SwitcherProps {
  projects: ShellProject[];
  current: ShellProject | null;
}

/** Shows the current project and switches to another. The menu is loaded on first use. */
export function ProjectSwitcher({ projects, current }: SwitcherProps) {
  const { isLoaded, button, menu } = useMenuButton();
  return (
    <>
      <button
        {...button}
        className="focus-inset flex h-9 max-lg:h-11 w-full items-center gap-2 rounded border border-border bg-surface px-2 text-left transition-colors hover:border-edge"
      >
        <ProjectInitial name={current?.name ?? null} />
        <span
          className={current ? "min-w-0 flex-1 truncate font-medium" : "min-w-0 flex-1 truncate text-muted"}
        >
          {current?.name ?? shellText.chooseProject}
        </span>
        {current ? <span className="sr-only">{shellText.switchProject}</span> : null}
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
      </button>
      {isLoaded ? <SwitcherMenu {...menu} projects={projects} current={current} /> : null}
    </>
  );
}
