import { and, eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import { isAdmin, requireAuthenticated, type Verb } from "../../context.ts";
import { mustFindProjectApi } from "../apis/visible.ts";
import type { EnableResult, ProjectApiRef } from "./schema.ts";

/**
 * Enables an API for the project, or requests access if an administrator must approve. Requesting it again after a declined request
 * is a new request. What a project's token requests is requested by the user who created the token.
 */
export async function enableApi({ ctx, input }: Verb<ProjectApiRef>): Promise<EnableResult> {
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "developer");
    const { projectApis } = tx.t;
    const api = await mustFindProjectApi(tx, ctx, project.id, input.slug);
    const which = and(eq(projectApis.projectId, project.id), eq(projectApis.apiId, api.id));
    const [current] = await tx.q.select({ status: projectApis.status }).from(projectApis).where(which);
    if (current && current.status !== "declined") return { status: current.status };
    const now = ctx.now();
    const actor = requireAuthenticated(ctx);
    // An administrator's own request needs no approval.
    const status = api.access === "open" || isAdmin(actor) ? "enabled" : "pending";
    const row = {
      status,
      requestedBy: actor.kind === "user" ? actor.userId : actor.createdBy,
      requestedAt: now,
      decidedBy: null,
      decidedAt: null,
      message: null,
    } as const;
    if (current) await tx.q.update(projectApis).set(row).where(which);
    else await tx.q.insert(projectApis).values({ projectId: project.id, apiId: api.id, ...row });
    if (status === "enabled") await recordChange(tx, { kind: "project", subject: project.id }, now);
    await recordAudit(tx, ctx, {
      action: status === "enabled" ? "access.enabled" : "access.requested",
      projectId: project.id,
      subject: api,
    });
    return { status };
  });
}
