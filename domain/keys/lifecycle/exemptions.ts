import { eq } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { invalid, notFound, requireFuture } from "../../errors.ts";
import type { KeyRow } from "../find.ts";

const MAX_EXEMPTION_MS = 366 * DAY_MS;

/** Throws `invalid` unless an exemption of a key may end then (epoch ms): in the future, within a year. */
export function requireExemptionEnd(until: number, nowMs: number): void {
  requireFuture("until", until, nowMs);
  if (until > nowMs + MAX_EXEMPTION_MS)
    throw invalid("until", "At most one year: then someone should review it.");
}

/** The row of a key of any project, for administrators. Throws `not-found` if there is none. */
export async function mustFindAnyKey({ q, t: { keys } }: Scope, keyId: string): Promise<KeyRow> {
  const [key] = await q.select().from(keys).where(eq(keys.id, keyId));
  if (!key) throw notFound("key");
  return key;
}

/** Records that a key was exempted, with the reason and the end of the exemption, or that its exemption ended. */
export function recordExemption(
  tx: Tx,
  ctx: Ctx,
  key: KeyRow,
  change: { action: string; after?: { reason: string; until: string } },
): Promise<void> {
  return recordAudit(tx, ctx, { ...change, projectId: key.projectId, subject: key });
}
