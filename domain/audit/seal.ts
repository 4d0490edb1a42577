import { and, asc, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { isUniqueViolation } from "#db/errors.ts";
import type { Db, Tx } from "#db/open.ts";
import { auditRowHash, CHAIN_START } from "./chain.ts";

/** Rows per transaction, few enough that other writers don't wait long. */
const AT_ONCE = 200;

/**
 * Adds every unsealed audit row to the hash chain and returns how many. Not done in the transaction that writes the
 * row, because then all writers would have to wait for each other. If two processes seal at once, one of them gives
 * up.
 */
export async function sealAudit(db: Db): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await db.write(sealSome).catch((error: unknown) => {
      if (error instanceof SealedElsewhere || isUniqueViolation(error)) return 0;
      throw error;
    });
    sealed += count;
    if (count < AT_ONCE) return sealed;
  }
}

async function sealSome({ q, t: { audit } }: Tx): Promise<number> {
  const rows = await q.select().from(audit).where(isNull(audit.chain)).orderBy(asc(audit.seq)).limit(AT_ONCE);
  if (rows.length === 0) return 0;
  const [head] = await q
    .select({ chain: audit.chain, hash: audit.hash })
    .from(audit)
    .where(isNotNull(audit.chain))
    .orderBy(desc(audit.chain))
    .limit(1);
  let [position, hash] = [head?.chain ?? 0, head?.hash ?? CHAIN_START];
  for (const row of rows) {
    position += 1;
    hash = auditRowHash(row, position, hash);
    const done = await q
      .update(audit)
      .set({ chain: position, hash })
      .where(and(eq(audit.seq, row.seq), isNull(audit.chain)))
      .returning({ seq: audit.seq });
    if (done.length === 0) throw new SealedElsewhere();
  }
  return rows.length;
}

class SealedElsewhere extends Error {
  override readonly name = "SealedElsewhere";
}
