import type { Scope, Tx } from "#db/open.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { databaseUsage } from "./database-store.ts";
import { LazyUsage } from "./lazy-store.ts";
import type { UsageBatch, UsageColumns, UsageQuery, UsageStore, UsageSum, UsageSums } from "./types.ts";

/** Which store a process uses. */
export interface UsageSettings {
  /** `USAGE_URL`; undefined for the database. */
  usageUrl: string | undefined;
  /** How long daily counts are kept, ms; null for ever. */
  usageDaysMs: number | null;
}

const chosen = (): { store: UsageStore } => processSingleton("usage store", () => ({ store: databaseUsage }));

/** Chooses the store of this process, before the first use. */
export function chooseUsageStore({ usageUrl, usageDaysMs }: UsageSettings): void {
  if (usageUrl === undefined || chosen().store !== databaseUsage) return;
  chosen().store = new LazyUsage(async () => {
    // Loaded only if it is used.
    const { openClickHouse } = await import("./clickhouse/open.ts");
    return openClickHouse(usageUrl, usageDaysMs);
  });
}

/** ClickHouse if `USAGE_URL` says so, otherwise the database itself. */
export function usageStore(): UsageStore {
  return chosen().store;
}

/** Adds a batch to the counts, as `UsageStore.add` does. */
export function addUsage(tx: Tx, batch: UsageBatch): Promise<void> {
  return usageStore().add(tx, batch);
}

/** The sums of the counts that match, by group. */
export function sumUsage<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
  scope: Scope,
  query: UsageQuery<By, Sum>,
): Promise<UsageSum<By, Sum>[]> {
  return usageStore().sum(scope, query);
}
