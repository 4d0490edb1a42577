import type { Db } from "#db/open.ts";
import { resealFactors } from "../access/accounts/factors/second-factor.ts";
import { resealExports } from "../billing/export/reseal.ts";
import type { Sealer } from "../context.ts";
import { resealWebhooks } from "../notifications/webhooks/reseal.ts";

/** How many were sealed with the current auth secret now. */
interface Resealed {
  webhooks: number;
  exports: number;
  factors: number;
  /** Webhooks with a secret that no accepted auth secret opens. They need a new signing secret. */
  unreadableWebhooks: number;
}

/** Seals everything with the current auth secret that an accepted one sealed. It can be interrupted and repeated. */
export async function resealAll(db: Db, sealer: Sealer): Promise<Resealed> {
  const { resealed: webhooks, unreadable: unreadableWebhooks } = await resealWebhooks(db, sealer);
  const exports = await resealExports(db, sealer);
  const factors = await resealFactors(db, sealer);
  return { webhooks, exports, factors, unreadableWebhooks };
}
