import type { CheckRequest } from "#core/check.ts";
import type { ApiFacts } from "../cache/load-facts.ts";
import type { Asking } from "./question.ts";

/** A question as the core knows it: the operation found by method and path where it is not named. */
export function requestOf(question: Asking, api: ApiFacts, requestId: string): CheckRequest {
  const { method, path } = question;
  const call = method && path ? { method, path } : null;
  return {
    requestId,
    api: api.slug,
    operation: question.operation || (call && api.findOperation(call.method, call.path)),
    call,
    cost: question.cost,
    client: {
      clientIp: question.clientIp || null,
      referrer: question.referrer || null,
      origin: question.origin || null,
      androidPackage: question.androidPackage || null,
      androidCertSha1: question.androidCertSha1 || null,
      iosBundleId: question.iosBundleId || null,
    },
  };
}
