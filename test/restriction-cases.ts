import fc from "fast-check";
import { type Client, NO_CLIENT } from "#core/client.ts";
import { decide } from "#core/decide.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { requests, writtenRestrictions } from "#test/arbitraries.ts";
import { canonical } from "#test/canonical.ts";
import ips from "#test/vectors/ips.json" with { type: "json" };
import referrers from "#test/vectors/referrers.json" with { type: "json" };
import { referenceCode } from "./reference-evaluator.ts";

/** Restrictions, a check and the code that every implementation must return. */
export interface RestrictionCase {
  name: string;
  restrictions: Restrictions;
  api: string;
  operation: string | null;
  client: Client;
  /** The scopes that the service asks for. */
  requiredScopes: readonly string[];
  code: string;
}

/** Number of generated cases besides the test vectors. */
const GENERATED = 60;
/** The same cases in every run, because the servers' answers are compared. */
const SEED = 20_261_123;

/** The test vectors, and generated cases with the reference evaluator's code. */
export function restrictionCases(): RestrictionCase[] {
  return [...vectorCases(), ...generatedCases()];
}

function vectorCases(): RestrictionCase[] {
  const call = { api: "badges", operation: null, requiredScopes: [] };
  const ip = (entry: string, clientIp: string, code: string): RestrictionCase => ({
    name: `${entry} against ${clientIp}`,
    restrictions: { ...NO_RESTRICTIONS, ips: [entry] },
    ...call,
    client: { ...NO_CLIENT, clientIp },
    code,
  });
  return [
    ...ips.match.map(({ pattern, value, allow }) => ip(pattern, value, allow ? "VALID" : "IP_NOT_ALLOWED")),
    ...ips.unknown.map((value) => ip("198.51.100.7", value, "CLIENT_IP_UNKNOWN")),
    ...referrers.match.map(({ pattern, value, allow }) => ({
      name: `${pattern} against ${value}`,
      restrictions: { ...NO_RESTRICTIONS, referrers: [pattern] },
      ...call,
      client: { ...NO_CLIENT, referrer: value },
      code: allow ? "VALID" : "REFERRER_NOT_ALLOWED",
    })),
  ];
}

function generatedCases(): RestrictionCase[] {
  const cases = fc.sample(fc.tuple(writtenRestrictions.map(canonical), requests), {
    numRuns: GENERATED,
    seed: SEED,
  });
  return cases.map(([restrictions, { api, operation, client, requiredScopes: required }], at) => ({
    name: `generated case ${at}`,
    restrictions,
    api,
    operation,
    client,
    requiredScopes: required?.[0] ?? [],
    code: referenceCode(restrictions, api, operation, client, required?.[0]),
  }));
}

/** The code by `decide()` for a usable key of a project that has enabled both APIs. */
export function codeOf({ restrictions, api, operation, client, requiredScopes }: RestrictionCase): string {
  const required = requiredScopes.length > 0 ? [requiredScopes] : null;
  const key = {
    id: "key_1",
    projectId: "prj_1",
    name: "generated",
    environment: "live" as const,
    enabled: true,
    revokedAt: null,
    expiresAt: null,
    metadata: {},
    description: "",
    tags: [],
    externalId: null,
    restrictions: compileRestrictions(canonical(restrictions)),
    reportOnly: null,
    limits: null,
  };
  const project = {
    id: "prj_1",
    suspended: false,
    enabledApis: new Set(["badges", "offers"]),
    limits: null,
    ceiling: null,
    plans: null,
  };
  const secret = { secretId: "sec_1", overlapEndsAt: null, key };
  return decide(
    { credential: "known", secret, project },
    { requestId: "", api, operation, call: null, cost: 1, requiredScopes: required, apiScopes: [], client },
    0,
  ).code;
}

/** A case as the fields of a check, without null values. */
export function fieldsOf({
  api,
  operation,
  client,
  requiredScopes,
}: RestrictionCase): Record<string, string | readonly string[]> {
  const fields = Object.entries({ operation, ...client }).filter(([, value]) => value !== null);
  return { api, requiredScopes, ...Object.fromEntries(fields) };
}
