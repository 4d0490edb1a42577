import { commandMenuText } from "./command-menu-text.ts";
import { ADMIN_PAGES, createHref, projectPages, type ShellProject } from "./nav.ts";
import { shellText } from "./text.ts";

/** The pages that the command menu offers, those of the current project first. */
export function commandMenuPages(
  project: ShellProject | null,
  admin: boolean,
): { label: string; href: string }[] {
  return [
    ...(project
      ? projectPages(project).map(({ label, href }) => ({
          label: commandMenuText.pageOf(project.name, label),
          href,
        }))
      : []),
    { label: shellText.pages.projects, href: "/projects" },
    { label: shellText.pages.apis, href: "/apis" },
    { label: shellText.pages.notifications, href: "/notifications" },
    { label: shellText.pages.account, href: "/account" },
    ...(admin
      ? ADMIN_PAGES.map(({ label, href }) => ({
          label: commandMenuText.pageOf(shellText.pages.admin, label),
          href,
        }))
      : []),
  ];
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
  const { actions: text } = commandMenuText;
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
  const { actions: text } = commandMenuText;
  return [
    { label: text.rotate(key.name), href: `${base}?tab=secrets&do=rotate` },
    { label: text.restrict(key.name), href: `${base}?tab=restrictions` },
    { label: text.revoke(key.name), href: `${base}?tab=settings&do=revoke` },
  ];
}
