import { and, eq, gt, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Scope, Tx } from "#db/open.ts";
import { DomainError } from "../errors.ts";

/** How long an invitation to the site can be used. */
export const INVITATION_MS = 7 * 86_400_000;

/** A one-time link's token, and the row that stands for it. Only the hash is stored. */
export function newLink(nowMs: number, lifeMs: number) {
  const token = randomBase62(40);
  return {
    token,
    row: { id: newId("invitation"), hash: hashToken(token), createdAt: nowMs, expiresAt: nowMs + lifeMs },
  };
}

/** The row of a link that still works; null for any other. */
export async function findLink({ q, t }: Scope, token: string, nowMs: number) {
  const { invitations } = t;
  const [row] = await q
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.hash, hashToken(token)),
        isNull(invitations.acceptedAt),
        isNull(invitations.withdrawnAt),
        gt(invitations.expiresAt, nowMs),
      ),
    );
  return row ?? null;
}

/** Uses the link up. Throws `not-found` when somebody else just did. */
export async function consumeLink(tx: Tx, id: string, nowMs: number): Promise<void> {
  const { invitations } = tx.t;
  const used = await tx.q
    .update(invitations)
    .set({ acceptedAt: nowMs })
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt)))
    .returning({ id: invitations.id });
  if (used.length === 0) throw deadLink();
}

export function deadLink(): DomainError {
  return new DomainError("not-found", "This link was used, withdrawn or is too old. Ask for a new one.");
}
