import { and, desc, lt } from "drizzle-orm";
import type { Verb } from "../context.ts";
import { countItemsWithinBytes, encodeCursor, readCursor } from "../lists.ts";
import { canReadIpAddresses, whereAudit } from "./filter.ts";
import { presentAudit, readAuditRows } from "./read.ts";
import type { AuditPage, ListAuditInput } from "./schema.ts";

/**
 * The audit log, newest first: of the whole site for administrators, of a project for its owners. Every member may
 * read the history of one resource (a key), but only owners see IP addresses.
 */
export async function listAudit({ ctx, input }: Verb<ListAuditInput>): Promise<AuditPage> {
  const showIpAddress = await canReadIpAddresses(ctx, input);
  const { audit } = ctx.db.read.t;
  const after = readCursor(input.cursor, ["number"]);
  const { rows, isWhole } = await readAuditRows(ctx.db.read, {
    where: and(whereAudit(audit, input), after ? lt(audit.seq, after[0]) : undefined),
    orderBy: desc(audit.seq),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit).map((row) => presentAudit(row, showIpAddress));
  const fits = countItemsWithinBytes(shown, ctx.settings.bounds.responseBytes);
  const last = rows[fits - 1];
  const hasMore = fits < rows.length || !isWhole;
  return {
    items: shown.slice(0, fits),
    nextCursor: hasMore && last !== undefined ? encodeCursor([last.seq]) : null,
  };
}
