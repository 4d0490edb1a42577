import type { CheckRequest } from "#core/check.ts";
import { sanitizeClient } from "#core/client.ts";
import type { Reason } from "#core/denials.ts";
import { observationsOf } from "#core/observations.ts";
import { countedOperation, UNLISTED } from "../aggregation/counted-operation.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";
import type { Check, CheckResult } from "../check/check.ts";
import { type CheckEntry, type DenialDetails, writeLine } from "./entry.ts";
import { writeRequestLine } from "./request-line.ts";
import type { RequestSample } from "./request-sample.ts";

/** The lines of the journal for a verdict: its entry, preceded by what is listed of the request if `sample` chooses it. */
export function linesOf(result: CountedResult, sample: RequestSample, atMs: number): string {
  const line = writeLine(createEntry(result, atMs));
  const { projectId, keyId } = result.verdict;
  // A request without a known key belongs to no project.
  if (projectId === undefined || keyId === undefined || !sample.choose(projectId, keyId, atMs)) return line;
  const { requestId, client } = result.check.request;
  return writeRequestLine({ requestId, client: sanitizeClient(client) }) + line;
}

/** What is counted of a check and its verdict. */
type CountedResult = Pick<CheckResult, "verdict" | "secretId" | "trial" | "units"> & {
  check: Pick<Check, "api" | "request">;
};

/** Returns the journal entry of a verdict. */
export function createEntry(result: CountedResult, atMs: number): CheckEntry {
  const { verdict, secretId, trial, units } = result;
  const { api, request } = result.check;
  return {
    atMs,
    code: verdict.code,
    projectId: verdict.projectId ?? "",
    keyId: verdict.keyId ?? "",
    secretId,
    api: api.slug,
    operation: countedOperation(api, request.operation) || unlisted(api, request),
    environment: verdict.environment ?? "",
    units: verdict.valid ? units : 0,
    seen: verdict.valid ? observationsOf(request.client) : null,
    trial: trial && { since: trial.since, code: trial.reason?.code ?? "VALID" },
    details: detailsOf(result),
  };
}

/** Limits of plans that count some operations count these calls too: their restored counters need to know. */
function unlisted({ plans }: ApiFacts, { operation, call }: CheckRequest): string {
  return plans !== null && (operation ?? call) !== null ? UNLISTED : "";
}

/** Null for a denial without a known key: it belongs to no project. */
function detailsOf({ verdict, check, trial }: CountedResult): DenialDetails | null {
  const reason: Omit<Reason, "message"> | null | undefined = verdict.valid ? trial?.reason : verdict;
  if (!reason || verdict.keyId === undefined) return null;
  return { code: reason.code, observed: reason.observed, client: sanitizeClient(check.request.client) };
}
