import { eq, sql } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Sealer } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { Destination } from "./adapters/adapter.ts";

export type ExportRow = Tables["billingExports"]["$inferSelect"];

/** Throws `not-found` if there is none. */
export async function mustFindExport(
  { q, t: { billingExports } }: Scope,
  exportId: string,
): Promise<ExportRow> {
  const [row] = await q.select().from(billingExports).where(eq(billingExports.id, exportId));
  if (!row) throw notFound("billing export");
  return row;
}

/** Locks the export's row until the transaction ends, so that concurrent changes run one after the other. */
export async function lockExport(tx: Tx, exportId: string): Promise<ExportRow> {
  const { billingExports } = tx.t;
  await tx.q
    .update(billingExports)
    .set({ id: sql`${billingExports.id}` })
    .where(eq(billingExports.id, exportId));
  return mustFindExport(tx, exportId);
}

/** Binds a sealed secret to its export. */
export function exportSealingContext(exportId: string): string {
  return `billing export ${exportId}`;
}

/** Where an export sends to; null if its secret can't be decrypted, because `AUTH_SECRET` changed. */
export function destinationOf(row: ExportRow, sealer: Sealer): Destination | null {
  const { url, eventName, source, sealedSecret } = row;
  if (sealedSecret === null) return { url, eventName, source, secret: null };
  try {
    return { url, eventName, source, secret: sealer.unseal(sealedSecret, exportSealingContext(row.id)) };
  } catch {
    return null;
  }
}
