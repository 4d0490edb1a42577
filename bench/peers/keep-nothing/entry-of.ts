import { countedOperation } from "#engine/aggregation/counted-operation.ts";
import type { CheckResult } from "#engine/check/check.ts";
import type { CheckEntry } from "#engine/journal/entry.ts";

/** Like the verifier's module, but without observations and denial details. */
export function entryOf(
  { verdict, check: { api, request }, secretId }: CheckResult,
  atMs: number,
): CheckEntry {
  return {
    atMs,
    code: verdict.code,
    projectId: verdict.projectId ?? "",
    keyId: verdict.keyId ?? "",
    secretId,
    api: api.slug,
    operation: countedOperation(api, request.operation),
    environment: verdict.environment ?? "",
    units: verdict.valid ? request.cost : 0,
    seen: null,
    trial: null,
    told: null,
  };
}
