import { and, asc, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { isUniqueViolation } from "#db/errors.ts";
import type { Db, Tx } from "#db/open.ts";
import { CHAIN_START, hashOf } from "./chain.ts";

/** Rows a transaction, so that nobody who writes meanwhile waits long. */
const AT_ONCE = 200;

/**
 * Gives every row of the audit log that has none its place in the chain, and resolves with how many. Not in
 * the transaction that writes the row: all who change anything would have to wait for each other. Of two
 * processes that seal at once one gives way.
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
  let [place, hash] = [head?.chain ?? 0, head?.hash ?? CHAIN_START];
  for (const row of rows) {
    place += 1;
    hash = hashOf(row, place, hash);
    const done = await q
      .update(audit)
      .set({ chain: place, hash })
      .where(and(eq(audit.seq, row.seq), isNull(audit.chain)))
      .returning({ seq: audit.seq });
    if (done.length === 0) throw new SealedElsewhere();
  }
  return rows.length;
}

class SealedElsewhere extends Error {
  override readonly name = "SealedElsewhere";
}
