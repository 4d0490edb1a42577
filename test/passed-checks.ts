import fc from "fast-check";
import { compileScopes, requiredScopesOf } from "#core/api-scopes/required.ts";
import { type CheckRequest, NO_SCOPES } from "#core/check.ts";
import { NO_CLIENT } from "#core/client.ts";
import { OBSERVATION_KINDS, observationsOf } from "#core/observations.ts";
import type { PassedChecks } from "#core/restrictions/effect.ts";
import { requests as anyRequests, SCOPES } from "./arbitraries.ts";

/** The requirements of the operations of `badges`; `offers` has no scopes. */
export const BADGES = compileScopes(SCOPES, [
  { name: "badges.sync", requiredScopes: [["badges:write"]] },
  { name: "badges.list", requiredScopes: [["badges:read"], ["badges:write"]] },
  { name: "offers.list", requiredScopes: null },
]);
export const API_SCOPES = new Map([["badges", BADGES]]);
/** What services ask for is not recorded. */
export const requests = anyRequests.map((request) => ({
  ...request,
  requiredScopes: requiredScopesOf(API_SCOPES.get(request.api) ?? null, request.operation, []),
}));

/** What is stored for these calls, without a bound. `listed`: the operations of each API that lists some. */
export function passedBy(
  calls: CheckRequest[],
  listed: Record<string, string[]> = {},
  scopes: PassedChecks["scopes"] = new Map(),
): PassedChecks {
  const passed: PassedChecks = {
    checks: calls.length,
    calls: [],
    listedApis: new Set(Object.keys(listed)),
    scopes,
    observations: { address: [], origin: [], app: [] },
  };
  for (const { api, operation, client } of calls) {
    const isKept = operation !== null && (listed[api]?.includes(operation) ?? true);
    const name = isKept ? operation : "";
    const same = passed.calls.find((one) => one.api === api && one.operation === name);
    if (same) same.count++;
    else passed.calls.push({ api, operation: name, count: 1 });
    const seen = observationsOf(client);
    for (const kind of OBSERVATION_KINDS) {
      const list = passed.observations[kind];
      const known = list.find(({ value }) => value === seen[kind]);
      if (known) known.count++;
      else list.push({ value: seen[kind], count: 1, lastSeenAt: 1 });
    }
  }
  return passed;
}
/** Its callers also use an operation that it does not have. */
export const LISTED = { badges: ["badges.sync", "offers.list"] };
export const listings = fc.constantFrom({}, LISTED);
/** Recorded calls. */
export const traffic = fc.array(requests, { minLength: 1, maxLength: 12 });
/** A call of `badges` by this client. */
export const call = (
  client: Partial<typeof NO_CLIENT>,
  operation: string | null = "badges.list",
): CheckRequest => ({
  requestId: "",
  api: "badges",
  operation,
  call: null,
  cost: 1,
  ...NO_SCOPES,
  client: { ...NO_CLIENT, ...client },
});
/** Calls from these IP addresses. */
export const from = (...addresses: string[]) => passedBy(addresses.map((clientIp) => call({ clientIp })));
