import type { Scope, Tx } from "#db/open.ts";
import { lockProject, requireProjectRole } from "../../access/project-access.ts";
import { type Ctx, requireAdmin } from "../../context.ts";

/** What a webhook belongs to: a project, or the site (null). */
export interface WebhookOwner {
  projectId: string | null;
}

/** Requires the rights over the webhooks of a project (its owners) or of the site (administrators). */
export async function requireWebhookRights(
  scope: Scope,
  ctx: Ctx,
  { projectId }: WebhookOwner,
): Promise<void> {
  if (projectId === null) requireAdmin(ctx);
  else await requireProjectRole(scope, ctx, projectId, "owner");
}

/** The same before a change; a project stays locked until the transaction ends. */
export async function lockWebhookOwner(tx: Tx, ctx: Ctx, { projectId }: WebhookOwner): Promise<void> {
  if (projectId === null) requireAdmin(ctx);
  else await lockProject(tx, ctx, projectId, "owner");
}
