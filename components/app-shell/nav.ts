import type { ProjectRole } from "#db/tables/projects.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Found } from "#domain/search/types.ts";

/** What the palette asks with. */
export type SearchAction = (input: { query: string }) => Promise<ActionResult<Found>>;

/** A project as the frame knows it. */
export interface ShellProject {
  id: string;
  name: string;
  role: ProjectRole;
}

export interface ShellPage {
  label: string;
  href: string;
  icon:
    | "overview"
    | "keys"
    | "usage"
    | "denials"
    | "limits"
    | "apis"
    | "members"
    | "settings"
    | "audit"
    | "webhooks"
    | "catalogue"
    | "admin"
    | "projects";
}

/** The pages of one project that its member may open. */
export function projectPages({ id, role }: Pick<ShellProject, "id" | "role">): ShellPage[] {
  const base = `/projects/${id}`;
  const pages: ShellPage[] = [
    { label: "Overview", href: base, icon: "overview" },
    { label: "Keys", href: `${base}/keys`, icon: "keys" },
    { label: "Usage", href: `${base}/usage`, icon: "usage" },
    { label: "Denied requests", href: `${base}/denials`, icon: "denials" },
    { label: "Limits", href: `${base}/limits`, icon: "limits" },
    { label: "APIs", href: `${base}/apis`, icon: "apis" },
    { label: "Members", href: `${base}/members`, icon: "members" },
    { label: "Settings", href: `${base}/settings`, icon: "settings" },
  ];
  if (role !== "owner") return pages;
  return [
    ...pages,
    { label: "Webhooks", href: `${base}/webhooks`, icon: "webhooks" },
    { label: "Audit", href: `${base}/audit`, icon: "audit" },
  ];
}

export const ADMIN_PAGES: { label: string; href: string }[] = [
  { label: "Overview", href: "/admin" },
  { label: "APIs", href: "/admin/apis" },
  { label: "Approvals", href: "/admin/approvals" },
  { label: "Service tokens", href: "/admin/service-tokens" },
  { label: "Projects", href: "/admin/projects" },
  { label: "Keys", href: "/admin/keys" },
  { label: "Unused keys", href: "/admin/unused" },
  { label: "Rules", href: "/admin/policies" },
  { label: "Users", href: "/admin/users" },
  { label: "Verifiers", href: "/admin/verifiers" },
  { label: "Audit", href: "/admin/audit" },
];

/** What ⌘K offers as pages: those of the project one is in first. */
export function commandMenuPages(
  project: ShellProject | null,
  admin: boolean,
): { label: string; href: string }[] {
  return [
    ...(project
      ? projectPages(project).map(({ label, href }) => ({ label: `${project.name}: ${label}`, href }))
      : []),
    { label: "Projects", href: "/projects" },
    { label: "Create project", href: "/projects?new=1" },
    { label: "Catalogue", href: "/apis" },
    { label: "Notices", href: "/notifications" },
    { label: "Account", href: "/account" },
    ...(admin ? ADMIN_PAGES.map(({ label, href }) => ({ label: `Admin: ${label}`, href })) : []),
  ];
}

/** The id in `/projects/{id}` and below; null elsewhere. */
export function projectIdOf(path: string): string | null {
  return /^\/projects\/(prj_[0-9A-Za-z]+)/.exec(path)?.[1] ?? null;
}

/**
 * Which of `hrefs` the reader is on: the longest that is the path or stands above it, so that a key's page
 * belongs to Keys and not to Overview.
 */
export function currentHref(path: string, hrefs: string[]): string | null {
  const above = hrefs.filter((href) => path === href || path.startsWith(`${href}/`));
  return above.sort((a, b) => b.length - a.length)[0] ?? null;
}
