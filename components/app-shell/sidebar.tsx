"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "../ui/link.tsx";
import { CommandMenuButton } from "./command-menu-button.tsx";
import { useShellProject } from "./current-project.tsx";
import { ADMIN_PAGES, currentHref, projectPages, type ShellPage, type ShellProject } from "./nav.ts";
import { ProjectSwitcher } from "./switcher.tsx";
import { shellText } from "./text.ts";

interface SidebarProps {
  projects: ShellProject[];
  lastProject: ShellProject | null;
  admin: boolean;
  /** The icons of the pages, rendered by the server, so that their code is not in every page's JavaScript. */
  icons: Record<ShellPage["icon"], ReactNode>;
  /** The parts above and below the navigation, which are the same on every page. */
  head: ReactNode;
  foot: ReactNode;
}

/** The navigation: the pages of the project, the pages of the site, and the user. */
export function Sidebar({ projects, lastProject, admin, icons, head, foot }: SidebarProps) {
  const path = usePathname();
  const project = useShellProject(projects, lastProject);
  // The pages of Admin take their place.
  const pages = project && !path.startsWith("/admin") ? projectPages(project) : [];
  const shared: ShellPage[] = [
    { label: shellText.pages.projects, href: "/projects", icon: "projects" },
    { label: shellText.pages.apis, href: "/apis", icon: "catalog" },
  ];
  if (admin) shared.push({ label: shellText.pages.admin, href: "/admin", icon: "admin" });
  const current = currentHref(path, [...pages, ...shared]);
  const adminHref = path.startsWith("/admin") ? currentHref(path, ADMIN_PAGES) : null;
  return (
    <nav aria-label={shellText.mainNav} className="flex h-full flex-col gap-4 p-3">
      <div className="flex items-center justify-between pt-1.5 pl-2">{head}</div>
      <CommandMenuButton />
      <div className="-mx-1 flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-1">
        <div className="grid gap-1">
          <ProjectSwitcher projects={projects} current={project} />
          {pages.length > 0 ? (
            <ul className="grid gap-px pt-1">
              {pages.map((page) => (
                <Item key={page.href} page={page} icon={icons[page.icon]} current={page.href === current} />
              ))}
            </ul>
          ) : null}
        </div>
        <ul className="grid gap-px border-t border-border pt-4">
          {shared.map((page) => (
            <Item
              key={page.href}
              page={page}
              icon={icons[page.icon]}
              current={page.href === current && adminHref === null}
            >
              {page.icon === "admin" && adminHref !== null ? (
                <ul className="mt-px ml-4 grid gap-px border-l border-border pl-2">
                  {ADMIN_PAGES.map((sub) => (
                    <li key={sub.href}>
                      <ItemLink href={sub.href} current={sub.href === adminHref}>
                        {sub.label}
                      </ItemLink>
                    </li>
                  ))}
                </ul>
              ) : null}
            </Item>
          ))}
        </ul>
      </div>
      {foot}
    </nav>
  );
}

interface ItemProps {
  page: ShellPage;
  icon: ReactNode;
  current: boolean;
  children?: ReactNode;
}

function Item({ page, icon, current, children }: ItemProps) {
  return (
    <li>
      <ItemLink href={page.href} current={current}>
        <span className={clsx("shrink-0", current ? "text-accent" : "text-muted")}>{icon}</span>
        {page.label}
      </ItemLink>
      {children}
    </li>
  );
}

/** The list scrolls where the window is too low for it. */
const scrollIntoView = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: "nearest" });

function ItemLink({ href, current, children }: { href: string; current: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      ref={current ? scrollIntoView : undefined}
      aria-current={current ? "page" : undefined}
      className={clsx(
        "focus-inset flex h-8 max-lg:h-10 items-center gap-2.5 rounded px-2 text-sm transition-colors",
        current ? "bg-hover font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      {children}
    </Link>
  );
}
