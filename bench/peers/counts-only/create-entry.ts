import { countedOperation } from "#engine/aggregation/counted-operation.ts";
import type { CheckResult } from "#engine/check/check.ts";
import { type CheckEntry, writeLine } from "#engine/journal/entry.ts";
import type { RequestSample } from "#engine/journal/request-sample.ts";

/** Like the verifier's module, but without listed requests, observations and denial details. */
export function linesOf(result: CheckResult, _: RequestSample, atMs: number): string {
  return writeLine(entryOf(result, atMs));
}

function entryOf({ verdict, check: { api, request }, secretId }: CheckResult, atMs: number): CheckEntry {
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
    details: null,
  };
}
