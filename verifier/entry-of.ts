import { keepableClient } from "#core/client.ts";
import type { Reason } from "#core/reason.ts";
import { sightingsOf } from "#core/sightings.ts";
import type { CheckEntry, Told } from "./entry.ts";
import type { Judged } from "./judged.ts";
import { countedOperation } from "./operations.ts";

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
    seen: verdict.valid ? sightingsOf(request.client) : null,
    trial: trial && { since: trial.since, code: trial.reason?.code ?? "VALID" },
    told: toldOf(judged),
  };
}

/** Of a refusal without a known key nothing is told: it is nobody's. */
function toldOf({ verdict, request, trial }: Judged): Told | null {
  const why: Omit<Reason, "message"> | null | undefined = verdict.valid ? trial?.reason : verdict;
  if (!why || verdict.keyId === undefined) return null;
  return { code: why.code, observed: why.observed, client: keepableClient(request.client) };
}
