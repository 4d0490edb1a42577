import type { ProjectRole } from "#db/tables/projects.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { SearchResults } from "#domain/search/schema.ts";
import { shellText } from "./text.ts";

/** The action that the command menu searches with. */
export type SearchAction = (input: { query: string }) => Promise<ActionResult<SearchResults>>;

/** A project in the navigation. */
export interface ShellProject {
  id: string;
  name: string;
  role: ProjectRole;
}

interface Destination {
  href: string;
  /** Pages that are reached from this one and have another path. */
  also?: string;
}

type ProjectPage = keyof typeof shellText.project;

export interface ShellPage extends Destination {
  label: string;
  icon: ProjectPage | "catalog" | "admin" | "projects";
}

const HIDDEN: Record<ProjectRole, ProjectPage[]> = {
  viewer: ["tokens", "webhooks", "audit"],
  developer: ["webhooks", "audit"],
  owner: [],
};

/** The pages of one project that its member may open. */
export function projectPages({ id, role }: Pick<ShellProject, "id" | "role">): ShellPage[] {
  const base = `/projects/${id}`;
  return (Object.keys(shellText.project) as ProjectPage[])
    .filter((page) => !HIDDEN[role].includes(page))
    .map((page) => ({
      label: shellText.project[page],
      href: page === "overview" ? base : `${base}/${page}`,
      ...(page === "keys" && { also: `${base}/customers` }),
      icon: page,
    }));
}

export const ADMIN_PAGES = Object.entries(shellText.admin).map(
  ([path, label]): Destination & { label: string } => ({
    label,
    href: path === "overview" ? "/admin" : `/admin/${path}`,
    ...(path === "policies" && { also: "/admin/exemptions" }),
  }),
);

/** A session cookie with the id of the project that the browser has shown last. */
export const LAST_PROJECT_COOKIE = "latchkey-project";

/** The page that creates a key in the current project, or else a project. */
export function createHref(project: ShellProject | null): string {
  return project === null || project.role === "viewer"
    ? "/projects?new=1"
    : `/projects/${project.id}/keys?new=1`;
}

/** The id in `/projects/{id}` and below; null elsewhere. */
export function projectIdOf(path: string): string | null {
  return /^\/projects\/(prj_[0-9A-Za-z]+)/.exec(path)?.[1] ?? null;
}

/**
 * The address of the current one of `pages`: the longest that equals the path or is a parent of it, so that the page of
 * a key belongs to "Keys" and not to "Overview".
 */
export function currentHref(path: string, pages: Destination[]): string | null {
  const isAbove = (href: string) => path === href || path.startsWith(`${href}/`);
  const above = pages.filter(({ href, also }) => isAbove(href) || (also !== undefined && isAbove(also)));
  const lengthOf = ({ href, also }: Destination) => Math.max(href.length, also?.length ?? 0);
  return above.sort((a, b) => lengthOf(b) - lengthOf(a))[0]?.href ?? null;
}
