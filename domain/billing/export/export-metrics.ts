import type { Scope } from "#db/open.ts";
import { presentExport } from "./read.ts";

/** The state of an export, for metrics. */
export interface ExportMetrics {
  exportId: string;
  adapter: string;
  lagSeconds: number;
  /** Events that wait for an administrator. */
  heldEvents: number;
  /** Failed attempts in a row. */
  failures: number;
  /** Epoch ms; null if the last attempt succeeded. */
  lastErrorAt: number | null;
}

/** The state of each export that is not paused. */
export async function readExportMetrics(scope: Scope, nowMs: number): Promise<ExportMetrics[]> {
  const rows = await scope.q.select().from(scope.t.billingExports);
  const active = rows.filter(({ pausedAt }) => pausedAt === null);
  return Promise.all(
    active.map(async (row) => {
      const { id, adapter, lagSeconds, heldEvents } = await presentExport(scope, row, nowMs);
      const { failures, lastErrorAt } = row;
      return { exportId: id, adapter, lagSeconds, heldEvents, failures, lastErrorAt };
    }),
  );
}
