import { and, eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, requireUser, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notify } from "../../notifications/notify.ts";
import { mustFindApi } from "../apis/find.ts";
import type { DecideAccessInput, EnableResult } from "./schema.ts";

/** Approves a project's access request. Administrators only. */
export function approveAccess(call: Verb<DecideAccessInput>): Promise<EnableResult> {
  return decideAccess(call, "enabled");
}

/** Declines a project's access request; `message` is the reason for the project. Administrators only. */
export function declineAccess(call: Verb<DecideAccessInput>): Promise<EnableResult> {
  return decideAccess(call, "declined");
}

async function decideAccess(
  { ctx, input }: Verb<DecideAccessInput>,
  status: "enabled" | "declined",
): Promise<EnableResult> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "viewer");
    const { projectApis } = tx.t;
    const api = await mustFindApi(tx, input.slug);
    const now = ctx.now();
    // Only while pending: of two concurrent decisions, the second fails.
    const [decided] = await tx.q
      .update(projectApis)
      .set({ status, decidedBy: requireUser(ctx).userId, decidedAt: now, message: input.message ?? null })
      .where(
        and(
          eq(projectApis.projectId, project.id),
          eq(projectApis.apiId, api.id),
          eq(projectApis.status, "pending"),
        ),
      )
      .returning({ status: projectApis.status });
    if (!decided)
      throw new DomainError("conflict", "There is no pending access request of this project for this API.");
    await recordChange(tx, { kind: "project", subject: project.id }, now);
    await recordAudit(tx, ctx, {
      action: status === "enabled" ? "access.approved" : "access.declined",
      projectId: project.id,
      subject: api,
      ...(input.message ? { after: { message: input.message } } : {}),
    });
    await notify(tx, ctx, {
      kind: status === "enabled" ? "access.approved" : "access.declined",
      projectId: project.id,
      subject: api,
      data: { api: api.slug, ...(input.message ? { message: input.message } : {}) },
    });
    return { status };
  });
}
