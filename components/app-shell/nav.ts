import type { ProjectRole } from "#db/tables/projects.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Found } from "#domain/search/schema.ts";
import { shellText } from "./text.ts";

/** The action that the command menu searches with. */
export type SearchAction = (input: { query: string }) => Promise<ActionResult<Found>>;

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
  if (role !== "owner") return role === "developer" ? [...pages, tokens] : pages;
  return [
    ...pages,
    tokens,
    { label: shellText.project.alerts, href: `${base}/alerts`, icon: "alerts" },
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
  { label: shellText.admin.billingExports, href: "/admin/billing-exports" },
  { label: shellText.admin.verifiers, href: "/admin/verifiers" },
  { label: shellText.admin.audit, href: "/admin/audit" },
];

/** The pages that the command menu offers, those of the current project first. */
export function commandMenuPages(
  project: ShellProject | null,
  admin: boolean,
): { label: string; href: string }[] {
  return [
    ...(project
      ? projectPages(project).map(({ label, href }) => ({
          label: shellText.pageOf(project.name, label),
          href,
        }))
      : []),
    { label: shellText.pages.projects, href: "/projects" },
    { label: shellText.pages.apis, href: "/apis" },
    { label: shellText.pages.notifications, href: "/notifications" },
    { label: shellText.pages.account, href: "/account" },
    ...(admin
      ? ADMIN_PAGES.map(({ label, href }) => ({
          label: shellText.pageOf(shellText.pages.admin, label),
          href,
        }))
      : []),
  ];
}

/** A session cookie with the id of the project that the browser has shown last. */
export const LAST_PROJECT_COOKIE = "latchkey-project";

/** The page that creates a key in the current project, or else a project. */
export function createHref(project: ShellProject | null): string {
  return project === null || project.role === "viewer"
    ? "/projects?new=1"
    : `/projects/${project.id}/keys?new=1`;
}

export interface ShellAction {
  label: string;
  href: string;
}

/** Further projects can be found by their name. */
const MAX_SWITCHES = 5;

/** What the reader may do from anywhere: each opens the page with the dialog that does it. */
export function commandMenuActions(
  project: ShellProject | null,
  projects: ShellProject[],
  admin: boolean,
): ShellAction[] {
  const { actions: text } = shellText;
  const actions: ShellAction[] = [];
  if (project && project.role !== "viewer") {
    actions.push({ label: text.createKey(project.name), href: createHref(project) });
  }
  if (project?.role === "owner") {
    const base = `/projects/${project.id}`;
    actions.push(
      { label: text.inviteMember(project.name), href: `${base}/members?new=1` },
      { label: text.createWebhook(project.name), href: `${base}/webhooks?new=1` },
    );
  }
  actions.push({ label: text.createProject, href: "/projects?new=1" });
  for (const other of projects.filter(({ id }) => id !== project?.id).slice(0, MAX_SWITCHES)) {
    actions.push({ label: text.switchTo(other.name), href: `/projects/${other.id}` });
  }
  if (!admin) return actions;
  return [
    ...actions,
    { label: text.addApi, href: "/admin/apis/new" },
    { label: text.createServiceToken, href: "/admin/service-tokens?new=1" },
    { label: text.inviteUser, href: "/admin/users?new=1" },
  ];
}

/** What the reader may do with a key that they found. The pages reject what their role does not allow. */
export function keyActions(key: { id: string; name: string; project: { id: string } }): ShellAction[] {
  const base = `/projects/${key.project.id}/keys/${key.id}`;
  const { actions: text } = shellText;
  return [
    { label: text.rotate(key.name), href: `${base}?tab=secrets&do=rotate` },
    { label: text.restrict(key.name), href: `${base}?tab=restrictions` },
    { label: text.revoke(key.name), href: `${base}?tab=settings&do=revoke` },
  ];
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
