import type { PlanPolicy } from "#core/limits/types.ts";
import { matchesOperation } from "#core/restrictions/apis.ts";
import type { Scope } from "#db/open.ts";
import { UNLISTED } from "../aggregation/counted-operation.ts";
import { sumUsage } from "../usage/store.ts";
import type { UsageFilter } from "../usage/types.ts";

/**
 * The units that a limit of a plan counted, by start of their bucket, from the usage counts. Calls of operations that the
 * API does not list are included: the limit may have counted them.
 */
export async function policyUnits(
  scope: Scope,
  { projectId, policy }: { projectId: string; policy: Pick<PlanPolicy, "api" | "operations"> },
  buckets: UsageFilter["buckets"],
): Promise<Map<number, number>> {
  const { api, operations } = policy;
  const where = { projectId: [projectId], api: [api] };
  const rows = await sumUsage(scope, { buckets, where, by: ["bucket", "operation"], sums: ["units"] });
  const units = new Map<number, number>();
  for (const row of rows) {
    const isCounted =
      operations === null || row.operation === UNLISTED || matchesOperation(operations, row.operation);
    if (isCounted) units.set(row.bucket, (units.get(row.bucket) ?? 0) + row.units);
  }
  return units;
}
