import { sanitizeClient } from "#core/client.ts";
import type { Reason } from "#core/denials.ts";
import { observationsOf } from "#core/observations.ts";
import { countedOperation } from "../aggregation/counted-operation.ts";
import type { CheckResult } from "../check/check.ts";
import type { CheckEntry, Told } from "./entry.ts";

/** The journal entry of a verdict. */
export function entryOf(result: CheckResult, atMs: number): CheckEntry {
  const { verdict, secretId, trial } = result;
  const { api, request } = result.check;
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
    seen: verdict.valid ? observationsOf(request.client) : null,
    trial: trial && { since: trial.since, code: trial.reason?.code ?? "VALID" },
    told: toldOf(result),
  };
}

/** Of a refusal without a known key nothing is told: it is nobody's. */
function toldOf({ verdict, check, trial }: CheckResult): Told | null {
  const why: Omit<Reason, "message"> | null | undefined = verdict.valid ? trial?.reason : verdict;
  if (!why || verdict.keyId === undefined) return null;
  return { code: why.code, observed: why.observed, client: sanitizeClient(check.request.client) };
}
