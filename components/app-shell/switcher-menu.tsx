"use client";

import { Check, FolderOpen, Plus } from "lucide-react";
import { usePathname } from "next/navigation";
import { Menu, MenuGroup, MenuLink, MenuSeparator } from "../ui/menu.tsx";
import type { MenuState } from "../ui/use-menu-button.ts";
import { currentHref, projectPages, type ShellProject } from "./nav.ts";
import { ProjectInitial } from "./project-initial.tsx";
import { shellText } from "./text.ts";

interface SwitcherMenuProps extends MenuState {
  projects: ShellProject[];
  current: ShellProject | null;
}

/** More projects are easier to find with ⌘K or on the page of all projects. */
const SHOWN = 12;

export function SwitcherMenu({ projects, current, ...menu }: SwitcherMenuProps) {
  const path = usePathname();
  return (
    <Menu {...menu} align="start">
      {projects.length > 0 ? (
        <MenuGroup label={shellText.pages.projects}>
          {projects.slice(0, SHOWN).map((project) => (
            <MenuLink
              key={project.id}
              href={samePage(path, current, project)}
              current={project.id === current?.id}
            >
              <ProjectInitial name={project.name} />
              <span className="max-w-52 min-w-0 flex-1 truncate">{project.name}</span>
              {project.id === current?.id ? <Check aria-hidden /> : null}
            </MenuLink>
          ))}
        </MenuGroup>
      ) : null}
      <MenuSeparator />
      <MenuLink href="/projects">
        <FolderOpen aria-hidden />
        {shellText.pages.allProjects}
      </MenuLink>
      <MenuLink href="/projects?new=1">
        <Plus aria-hidden />
        {shellText.pages.newProject}
      </MenuLink>
    </Menu>
  );
}

/** The same page of another project, such as "Usage", if the reader may open it there. */
function samePage(path: string, from: ShellProject | null, to: ShellProject): string {
  if (!from) return `/projects/${to.id}`;
  const here = currentHref(path, projectPages(from));
  const target = here?.replace(from.id, to.id);
  return projectPages(to).some((page) => page.href === target) && target ? target : `/projects/${to.id}`;
}
