import { and, eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Verb } from "../../context.ts";
import { notify, WEBHOOKS_ONLY } from "../../notifications/notify.ts";
import { endSubscription } from "../../plans/subscriptions.ts";
import { mustFindProjectApi } from "../apis/visibility.ts";
import type { ProjectApiRef } from "./schema.ts";

/**
 * Disables an API for the project, or cancels its access request. The project's keys are denied there within a
 * second, and its plan ends.
 */
export async function disableApi({ ctx, input }: Verb<ProjectApiRef>): Promise<void> {
  await ctx.db.write(async (tx) => {
    const { project } = await lockProject(tx, ctx, input.projectId, "developer");
    const { projectApis } = tx.t;
    const api = await mustFindProjectApi(tx, ctx, project.id, input.slug);
    const [removed] = await tx.q
      .delete(projectApis)
      .where(and(eq(projectApis.projectId, project.id), eq(projectApis.apiId, api.id)))
      .returning({ status: projectApis.status });
    if (!removed) return;
    await endSubscription(tx, { projectId: project.id, apiId: api.id }, ctx.now());
    await recordChange(tx, { kind: "project", subject: project.id }, ctx.now());
    await recordAudit(tx, ctx, {
      action: removed.status === "enabled" ? "access.disabled" : "access.withdrawn",
      projectId: project.id,
      subject: api,
    });
    if (removed.status === "enabled") {
      await notify(tx, ctx, {
        kind: "access.disabled",
        projectId: project.id,
        subject: api,
        data: { api: api.slug },
        channels: WEBHOOKS_ONLY,
      });
    }
  });
}
