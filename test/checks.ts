import { IpSet } from "#core/restrictions/ips.ts";
import type { ApiFacts } from "#engine/cache/compile-facts.ts";
import type { ServiceTokenFacts } from "#engine/cache/load-facts.ts";
import { type Check, credentialOf, requestOf } from "#engine/check/check.ts";
import type { CheckInput } from "#engine/check/check-input.ts";
import type { Engine } from "#engine/engine.ts";

const SERVICE: ServiceTokenFacts = {
  id: "svc_test",
  api: null,
  trustedProxies: new IpSet([]),
  localVerification: false,
  endsAt: null,
  isOlder: false,
  bytes: 0,
};

/** A check that a service asks of `engine`, without HTTP. */
export function checkOf(
  engine: Engine,
  api: ApiFacts,
  input: Omit<CheckInput, "cost"> & { cost?: number },
): Check {
  return {
    request: requestOf({ cost: 1, ...input }, api, "req_test"),
    credential: credentialOf(engine, input.key),
    service: SERVICE,
    api,
    observer: { answered() {}, failed() {} },
    reportLimits: false,
  };
}
