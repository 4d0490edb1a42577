import type { Scope, Tx } from "#db/open.ts";
import { databaseUsage } from "./database-store.ts";
import type { UsageBatch, UsageColumns, UsageQuery, UsageStore, UsageSum, UsageSums } from "./types.ts";

/** The store of a database. */
export function usageStore(_scope: Scope): UsageStore {
  return databaseUsage;
}

export function addUsage(tx: Tx, batch: UsageBatch): Promise<void> {
  return usageStore(tx).add(tx, batch);
}

export function sumUsage<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
  scope: Scope,
  query: UsageQuery<By, Sum>,
): Promise<UsageSum<By, Sum>[]> {
  return usageStore(scope).sum(scope, query);
}
