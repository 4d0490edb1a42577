import { eq, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { DomainError, notFound } from "../../errors.ts";
import type { ServiceTokenRef } from "./schema.ts";

/** Locks the token until the transaction ends. Throws `not-found`, and `conflict` if it is revoked. */
export async function lockServiceToken({ q, t: { serviceTokens } }: Tx, { serviceTokenId }: ServiceTokenRef) {
  const [row] = await q
    .update(serviceTokens)
    .set({ id: sql`${serviceTokens.id}` })
    .where(eq(serviceTokens.id, serviceTokenId))
    .returning();
  if (!row) throw notFound("service token");
  if (row.revokedAt !== null) {
    throw new DomainError("conflict", "This service token is revoked. Create another one.");
  }
  return row;
}
