import { sql } from "drizzle-orm";
import type { Tx } from "./open.ts";

/**
 * The ids of Postgres's advisory locks. Two pairs share an id by accident, which must stay while older versions run
 * beside this one: transactions with one of the two can wait needlessly for those with the other.
 */
export const ADVISORY_LOCKS = {
  migrations: 5_278_114,
  admins: 5_278_115,
  observations: 5_278_115,
  apis: 5_278_116,
  usagePartitions: 5_278_116,
  serviceTokens: 5_278_117,
  scimTokens: 5_278_118,
  providerLogouts: 5_278_119,
  billingEvents: 5_278_131,
  billingExports: 5_278_132,
  siteWebhooks: 5_278_133,
  statements: 5_278_134,
};

export type AdvisoryLock = keyof typeof ADVISORY_LOCKS;

/**
 * Takes an advisory lock until the transaction ends, exclusively unless `mode` says that it is shared. Does nothing on
 * SQLite, where writing transactions run one at a time anyway.
 */
export async function takeAdvisoryLock(
  tx: Tx,
  name: AdvisoryLock,
  mode: "exclusive" | "shared" = "exclusive",
): Promise<void> {
  if (tx.dialect === "sqlite") return;
  const id = ADVISORY_LOCKS[name];
  const held =
    mode === "exclusive" ? sql`pg_advisory_xact_lock(${id})` : sql`pg_advisory_xact_lock_shared(${id})`;
  await tx.q.select({ held }).from(sql`(select 1) as one`);
}
