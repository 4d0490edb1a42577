import { and, eq, gte, like, lt, type SQL } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access/project-access.ts";
import { type Ctx, requireAdmin } from "../context.ts";
import type { AuditFilter } from "./schema.ts";

/** Matches audit rows by the user's filter. */
export function whereAudit(audit: Tables["audit"], filter: AuditFilter): SQL | undefined {
  const { projectId, subjectId, actorId, action, from, to } = filter;
  return and(
    projectId === undefined ? undefined : eq(audit.projectId, projectId),
    subjectId === undefined ? undefined : eq(audit.subjectId, subjectId),
    actorId === undefined ? undefined : eq(audit.actorId, actorId),
    action === undefined
      ? undefined
      : action.includes(".")
        ? eq(audit.action, action)
        : like(audit.action, `${action}.%`),
    from === undefined ? undefined : gte(audit.at, from),
    to === undefined ? undefined : lt(audit.at, to),
  );
}

/** Whether the user may see IP addresses. Throws if they may not read these rows at all. */
export async function canReadIpAddresses(ctx: Ctx, { projectId, subjectId }: AuditFilter): Promise<boolean> {
  if (projectId === undefined) {
    requireAdmin(ctx);
    return true;
  }
  const minRole = (await isKeyOf(ctx, projectId, subjectId)) ? "viewer" : "owner";
  return (await requireProjectRole(ctx.db.read, ctx, projectId, minRole)).role === "owner";
}

/** Every member may read a key's history, but not what happened to people and to the project. */
async function isKeyOf({ db }: Ctx, projectId: string, subjectId: string | undefined): Promise<boolean> {
  if (subjectId === undefined) return false;
  const { keys } = db.read.t;
  const [key] = await db.read.q
    .select({ id: keys.id })
    .from(keys)
    .where(and(eq(keys.id, subjectId), eq(keys.projectId, projectId)));
  return key !== undefined;
}
