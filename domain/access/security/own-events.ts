import { and, desc, eq, inArray, like, lt, or } from "drizzle-orm";
import { z } from "zod";
import { iso } from "#core/time.ts";
import { readAuditRows } from "../../audit/read.ts";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { type Page, pageFields } from "../../fields.ts";
import { encodeCursor, readCursor } from "../../lists.ts";

/** A security event of the user's own account. */
export interface OwnEvent {
  id: string;
  time: string;
  /** The action of the audit row, as in `user.signed-in`. */
  event: string;
  /** The method of a successful or failed sign-in; null for other events. */
  method: string | null;
  /** Why something was denied; null for other events. */
  reason: string | null;
  /** The name of the management token, for its events. */
  token: string | null;
  /** Who did it: the user, someone who was not signed in, or an administrator or the operator. */
  by: "you" | "visitor" | "administrator";
  /** The IP address; null if unknown, and for what an administrator did. */
  address: string | null;
}

export const listOwnEventsSchema = z.strictObject({ ...pageFields });

/**
 * The security events of the user's own account, newest first: successful and failed sign-ins, changes of password, email
 * address and factors, ended sessions, and what happened with the user's management tokens. Nothing of other people.
 */
export async function listOwnEvents({
  ctx,
  input,
}: Verb<z.output<typeof listOwnEventsSchema>>): Promise<Page<OwnEvent>> {
  const { userId } = requireUser(ctx);
  denyManagementTokens(ctx);
  const { q, t } = ctx.db.read;
  const { audit, managementTokens } = t;
  const tokens = q
    .select({ id: managementTokens.id })
    .from(managementTokens)
    .where(eq(managementTokens.userId, userId));
  const after = readCursor(input.cursor, ["number"]);
  const { rows, isWhole } = await readAuditRows(ctx.db.read, {
    where: and(
      or(
        and(eq(audit.subjectId, userId), like(audit.action, "user.%")),
        and(inArray(audit.subjectId, tokens), like(audit.action, "managementToken.%")),
      ),
      after ? lt(audit.seq, after[0]) : undefined,
    ),
    orderBy: desc(audit.seq),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const hasMore = rows.length > shown.length || !isWhole;
  return {
    items: shown.map((row) => presentOwn(userId, row)),
    nextCursor: hasMore && last ? encodeCursor([last.seq]) : null,
  };
}

type Row = Awaited<ReturnType<typeof readAuditRows>>["rows"][number];

function presentOwn(userId: string, row: Row): OwnEvent {
  const by =
    row.actorId === userId
      ? "you"
      : row.via === "visitor" || row.via === "link"
        ? "visitor"
        : "administrator";
  return {
    id: row.id,
    time: iso(row.at),
    event: row.action,
    method: textOf(row.after?.method),
    reason: textOf(row.after?.reason),
    token: row.action.startsWith("managementToken.") ? row.subjectName : null,
    by,
    address: by === "administrator" ? null : row.address,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
