import { and, eq, gte, like, lt, type SQL } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access.ts";
import { type Ctx, requireAdmin } from "../context.ts";
import type { AuditFilter } from "./schema.ts";

/** The condition for what people filter the audit log by. */
export function auditThat(audit: Tables["audit"], filter: AuditFilter): SQL | undefined {
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

/** Whether the asker may see from where things were done. Throws for who may not read what is asked for. */
export async function mayReadAddresses(ctx: Ctx, { projectId, subjectId }: AuditFilter): Promise<boolean> {
  if (projectId === undefined) {
    requireAdmin(ctx);
    return true;
  }
  const least = (await isKeyOf(ctx, projectId, subjectId)) ? "viewer" : "owner";
  return (await requireProjectRole(ctx.db.read, ctx, projectId, least)).role === "owner";
}

/** A key's history is for everybody who sees the key; what was done to people, and to the project, is not. */
async function isKeyOf({ db }: Ctx, projectId: string, subjectId: string | undefined): Promise<boolean> {
  if (subjectId === undefined) return false;
  const { keys } = db.read.t;
  const [key] = await db.read.q
    .select({ id: keys.id })
    .from(keys)
    .where(and(eq(keys.id, subjectId), eq(keys.projectId, projectId)));
  return key !== undefined;
}
