import { sanitizeClient } from "#core/client.ts";
import { observationsOf } from "#core/observations.ts";
import type { Reason } from "#core/reason.ts";
import { countedOperation } from "../aggregation/counted-operation.ts";
import type { Judged } from "../check/judged.ts";
import type { CheckEntry, Told } from "./entry.ts";

/** What the journal keeps of an answer. */
export function entryOf(judged: Judged, atMs: number): CheckEntry {
  const { verdict, api, request, secretId, trial } = judged;
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
    told: toldOf(judged),
  };
}

/** Of a refusal without a known key nothing is told: it is nobody's. */
function toldOf({ verdict, request, trial }: Judged): Told | null {
  const why: Omit<Reason, "message"> | null | undefined = verdict.valid ? trial?.reason : verdict;
  if (!why || verdict.keyId === undefined) return null;
  return { code: why.code, observed: why.observed, client: sanitizeClient(request.client) };
}
