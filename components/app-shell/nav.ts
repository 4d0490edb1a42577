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

export interface ShellPage extends Destination {
  label: string;
  icon:
    | "overview"
    | "keys"
    | "usage"
    | "requests"
    | "statements"
    | "denials"
    | "limits"
    | "apis"
    | "members"
    | "settings"
    | "audit"
    | "webhooks"
    | "alerts"
    | "tokens"
    | "catalog"
    | "admin"
    | "projects";
}

/** The pages of one project that its member may open. */
export function projectPages({ id, role }: Pick<ShellProject, "id" | "role">): ShellPage[] {
  const base = `/projects/${id}`;
  const pages: ShellPage[] = [
    { label: shellText.project.overview, href: base, icon: "overview" },
    { label: shellText.project.keys, href: `${base}/keys`, also: `${base}/customers`, icon: "keys" },
    { label: shellText.project.usage, href: `${base}/usage`, icon: "usage" },
    { label: shellText.project.requests, href: `${base}/requests`, icon: "requests" },
    { label: shellText.project.statements, href: `${base}/statements`, icon: "statements" },
    { label: shellText.project.denials, href: `${base}/denials`, icon: "denials" },
    { label: shellText.project.limits, href: `${base}/limits`, icon: "limits" },
    { label: shellText.project.apis, href: `${base}/apis`, icon: "apis" },
    { label: shellText.project.members, href: `${base}/members`, icon: "members" },
    { label: shellText.project.settings, href: `${base}/settings`, icon: "settings" },
  ];
  const tokens: ShellPage = { label: shellText.project.tokens, href: `${base}/tokens`, icon: "tokens" };
  const alerts: ShellPage = { label: shellText.project.alerts, href: `${base}/alerts`, icon: "alerts" };
  if (role === "viewer") return [...pages, alerts];
  if (role === "developer") return [...pages, tokens, alerts];
  return [
    ...pages,
    tokens,
    alerts,
    { label: shellText.project.webhooks, href: `${base}/webhooks`, icon: "webhooks" },
    { label: shellText.project.audit, href: `${base}/audit`, icon: "audit" },
  ];
}

export const ADMIN_PAGES: (Destination & { label: string })[] = [
  { label: shellText.admin.overview, href: "/admin" },
  { label: shellText.admin.apis, href: "/admin/apis" },
  { label: shellText.admin.approvals, href: "/admin/approvals" },
  { label: shellText.admin.serviceTokens, href: "/admin/service-tokens" },
  { label: shellText.admin.managementTokens, href: "/admin/management-tokens" },
  { label: shellText.admin.projects, href: "/admin/projects" },
  { label: shellText.admin.keys, href: "/admin/keys" },
  { label: shellText.admin.unused, href: "/admin/unused" },
  { label: shellText.admin.policies, href: "/admin/policies", also: "/admin/exemptions" },
  { label: shellText.admin.branding, href: "/admin/branding" },
  { label: shellText.admin.users, href: "/admin/users" },
  { label: shellText.admin.provisioning, href: "/admin/provisioning" },
  { label: shellText.admin.webhooks, href: "/admin/webhooks" },
  { label: shellText.admin.billingExports, href: "/admin/billing-exports" },
  { label: shellText.admin.verifiers, href: "/admin/verifiers" },
  { label: shellText.admin.audit, href: "/admin/audit" },
];

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
