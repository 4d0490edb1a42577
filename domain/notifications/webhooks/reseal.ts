import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Db, Tx } from "#db/open.ts";
import type { Sealer } from "../../context.ts";
import { webhookSealingContext } from "./message.ts";

const PAGE = 200;

export interface ResealResult {
  /** Webhooks whose secrets were sealed with the current secret now. */
  resealed: number;
  /** Webhooks with a secret that no accepted secret opens. They need a new signing secret. */
  unreadable: number;
}

/**
 * Seals the signing secrets of webhooks with the current secret of the deployment, where an accepted one sealed them.
 * The signing secrets stay the same. It can be interrupted and repeated.
 */
export async function resealWebhooks(db: Db, sealer: Sealer): Promise<ResealResult> {
  const result: ResealResult = { resealed: 0, unreadable: 0 };
  const { q, t } = db.read;
  const { webhooks } = t;
  let after = "";
  for (;;) {
    const rows = await q
      .select({
        id: webhooks.id,
        sealedSecret: webhooks.sealedSecret,
        sealedPrevious: webhooks.sealedPrevious,
      })
      .from(webhooks)
      .where(and(gt(webhooks.id, after), isNull(webhooks.deletedAt)))
      .orderBy(asc(webhooks.id))
      .limit(PAGE);
    for (const row of rows) {
      const outcome = await resealOne(db, sealer, row);
      if (outcome !== null) result[outcome]++;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return result;
    after = last.id;
  }
}

interface SealedRow {
  id: string;
  sealedSecret: string;
  sealedPrevious: string | null;
}

async function resealOne(db: Db, sealer: Sealer, row: SealedRow): Promise<keyof ResealResult | null> {
  const current = tryReseal(sealer, row.id, row.sealedSecret);
  const previous = row.sealedPrevious === null ? null : tryReseal(sealer, row.id, row.sealedPrevious);
  if (current === "unreadable") return "unreadable";
  const set = {
    ...(current !== null && { sealedSecret: current }),
    // A previous secret that can't be opened signs nothing, and its overlap ends anyway.
    ...(previous !== null && previous !== "unreadable" && { sealedPrevious: previous }),
  };
  if (Object.keys(set).length === 0) return null;
  return (await db.write((tx) => replaceIfSame(tx, row, set))) ? "resealed" : null;
}

/** The new ciphertext; null if the current secret sealed it already. */
function tryReseal(sealer: Sealer, webhookId: string, sealed: string): string | "unreadable" | null {
  try {
    return sealer.reseal(sealed, webhookSealingContext(webhookId));
  } catch {
    return "unreadable";
  }
}

/** Changes nothing if the secret was rotated or resealed meanwhile. */
async function replaceIfSame(tx: Tx, row: SealedRow, set: Partial<SealedRow>): Promise<boolean> {
  const { webhooks } = tx.t;
  const samePrevious =
    row.sealedPrevious === null
      ? isNull(webhooks.sealedPrevious)
      : eq(webhooks.sealedPrevious, row.sealedPrevious);
  const changed = await tx.q
    .update(webhooks)
    .set(set)
    .where(and(eq(webhooks.id, row.id), eq(webhooks.sealedSecret, row.sealedSecret), samePrevious))
    .returning({ id: webhooks.id });
  return changed.length > 0;
}
