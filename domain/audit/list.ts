import { and, desc, lt } from "drizzle-orm";
import type { Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import { auditThat, mayReadAddresses } from "./filter.ts";
import { presentAudit } from "./present.ts";
import type { ListAuditInput } from "./schemas.ts";
import type { AuditPage } from "./types.ts";

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
    .where(and(auditThat(audit, input), after ? lt(audit.seq, after[0]) : undefined))
    .orderBy(desc(audit.seq))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    (row) => [row.seq],
    (row) => presentAudit(row, showAddress),
  );
}
