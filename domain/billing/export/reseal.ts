import { and, eq, isNotNull } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Sealer } from "../../context.ts";
import { exportSealingContext } from "./find.ts";

/**
 * Seals the receivers' API keys with the current secret of the deployment, where an accepted one sealed them. Returns
 * how many. A key that no accepted secret opens stays: the export says that it can't be decrypted.
 */
export async function resealExports(db: Db, sealer: Sealer): Promise<number> {
  const { billingExports } = db.read.t;
  const rows = await db.read.q
    .select({ id: billingExports.id, sealedSecret: billingExports.sealedSecret })
    .from(billingExports)
    .where(isNotNull(billingExports.sealedSecret));
  let resealed = 0;
  for (const { id, sealedSecret } of rows) {
    const fresh = sealedSecret === null ? null : tryReseal(sealer, id, sealedSecret);
    if (fresh === null || sealedSecret === null) continue;
    await db.write(({ q }) =>
      q
        .update(billingExports)
        .set({ sealedSecret: fresh })
        // It may have been changed meanwhile.
        .where(and(eq(billingExports.id, id), eq(billingExports.sealedSecret, sealedSecret))),
    );
    resealed++;
  }
  return resealed;
}

function tryReseal(sealer: Sealer, id: string, sealed: string): string | null {
  try {
    return sealer.reseal(sealed, exportSealingContext(id));
  } catch {
    return null;
  }
}
