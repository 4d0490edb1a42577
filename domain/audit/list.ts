import { and, desc, eq, lt } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import { iso } from "../time.ts";
import type { ListAuditInput } from "./schemas.ts";
import type { AuditPage, AuditRecord } from "./types.ts";

/**
 * Who did what, the newest first: on the whole site for administrators, in a project for its owners. The
 * history of one thing in a project (a key) is every member's to read, but only owners see from where.
 */
export async function listAudit({ ctx, input }: Verb<ListAuditInput>): Promise<AuditPage> {
  const showAddress = await mayReadAddresses(ctx, input);
  const { audit } = ctx.db.read.t;
  const after = readCursor(input.cursor, ["number"]);
  const rows = await ctx.db.read.q
    .select()
    .from(audit)
    .where(
      and(
        input.projectId === undefined ? undefined : eq(audit.projectId, input.projectId),
        input.subjectId === undefined ? undefined : eq(audit.subjectId, input.subjectId),
        after ? lt(audit.seq, after[0]) : undefined,
      ),
    )
    .orderBy(desc(audit.seq))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    (row) => [row.seq],
    (row) => present(row, showAddress),
  );
}

/** Throws for who may not read what is asked for. */
async function mayReadAddresses(ctx: Ctx, { projectId, subjectId }: ListAuditInput): Promise<boolean> {
  if (projectId === undefined) {
    requireAdmin(ctx);
    return true;
  }
  const least = subjectId === undefined ? "owner" : "viewer";
  return (await requireProjectRole(ctx, ctx.db.read, projectId, least)).role === "owner";
}

function present(row: Tables["audit"]["$inferSelect"], showAddress: boolean): AuditRecord {
  return {
    id: row.id,
    at: iso(row.at),
    actor: { id: row.actorId, name: row.actorName },
    via: row.via,
    address: showAddress ? row.address : null,
    action: row.action,
    projectId: row.projectId,
    subject: { id: row.subjectId, name: row.subjectName },
    before: row.before,
    after: row.after,
  };
}
