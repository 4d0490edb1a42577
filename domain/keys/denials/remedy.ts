import { type ApiScopes, requiredScopesOf } from "#core/api-scopes/required.ts";
import type { CheckRequest } from "#core/check.ts";
import type { CompiledRestrictions } from "#core/restrictions/compile.ts";
import { evaluateKind } from "#core/restrictions/evaluate.ts";
import { countEntries, RESTRICTION_KINDS, type RestrictionKind } from "#core/restrictions/kinds.ts";
import { remedyFor } from "#core/restrictions/remedy.ts";
import type { ApiRestriction, Restrictions } from "#core/restrictions/types.ts";
import type { Tables } from "#db/schema.ts";
import type { KnownApi } from "../restrictions/known-apis.ts";
import { readApiEntry } from "../restrictions/read-api.ts";
import type { Denial } from "./schema.ts";

/** The current state that a remedy must fit, possibly long after the denial. */
export interface CurrentState {
  /** The restriction set that applies to the request; null if there is none anymore. */
  set: Restrictions | null;
  /** The same, compiled. */
  rules: CompiledRestrictions | null;
  /** The key's API entries, which may stay. */
  before: readonly ApiRestriction[];
  /** Operations of the APIs that the project has enabled. */
  known: ReadonlyMap<string, KnownApi>;
}

/**
 * The entry that would allow a denied request, if it can be saved without restricting others; otherwise the reason
 * why not.
 */
export function currentRemedy(
  row: StoredDenial,
  { set, rules, before, known }: CurrentState,
): Pick<Denial, "remedy" | "noRemedy"> {
  const remedy = remedyFor(row.code, requestOfDenial(row));
  if (remedy === null) return { remedy: null, noRemedy: null };
  const { add, label } = remedy;
  const noRemedy =
    newlyRestrictedText(add, set) ?? allowedText(add, rules, row) ?? unsavableText(add.apis, before, known);
  return { remedy: noRemedy === null ? { label, query: remedyQuery(add) } : null, noRemedy };
}

const ALLOWED = "Already allowed by the current restrictions.";

const OPENED: Record<RestrictionKind, string> = {
  apis: "Already allowed: APIs are no longer restricted.",
  ips: "Already allowed: IP addresses are no longer restricted.",
  referrers: "Already allowed: websites are no longer restricted.",
  apps: "Already allowed: apps are no longer restricted.",
};

/** The first entry of a type would deny all other clients. */
function newlyRestrictedText(add: Restrictions, set: Restrictions | null): string | null {
  const [wanted, has] = [countEntries(add), set && countEntries(set)];
  const opened = RESTRICTION_KINDS.find((kind) => wanted[kind] > 0 && !has?.[kind]);
  return opened === undefined ? null : OPENED[opened];
}

/** The entry, or a wider one, was added since. */
function allowedText(
  add: Restrictions,
  rules: CompiledRestrictions | null,
  row: StoredDenial,
): string | null {
  const wanted = countEntries(add);
  const request = requestOfDenial(row);
  const allows = (kind: RestrictionKind) => rules !== null && evaluateKind(kind, rules, request) === null;
  return RESTRICTION_KINDS.every((kind) => wanted[kind] === 0 || allows(kind)) ? ALLOWED : null;
}

function unsavableText(
  apis: readonly ApiRestriction[],
  before: readonly ApiRestriction[],
  known: CurrentState["known"],
): string | null {
  for (const entry of apis) {
    const reading = readApiEntry(entry, known.get(entry.api), before);
    if (reading.ok) continue;
    if (reading.code === "scope-unknown" || reading.code === "scope-none") {
      return `${entry.api} has no scope ${entry.scopes?.join(" or ")}.`;
    }
    return reading.code === "operation-unknown"
      ? `${entry.api} has no operation ${entry.operations.join(", ")}.`
      : reading.message;
  }
  return null;
}

/** Encodes entries as the query of a key's restrictions page, which adds them to a draft. */
export function remedyQuery({ ips, referrers, apps, apis }: Restrictions): string {
  const params = new URLSearchParams();
  for (const entry of ips) params.append("allow.ips", entry);
  for (const entry of referrers) params.append("allow.referrers", entry);
  for (const app of apps.android) params.append("allow.android", `${app.package}@${app.sha1}`);
  for (const app of apps.ios) params.append("allow.ios", app.bundleId);
  for (const { api, operations, scopes = [] } of apis) {
    if (operations.length === 0 && scopes.length === 0) params.append("allow.api", api);
    for (const operation of operations) params.append("allow.operation", `${api}:${operation}`);
    for (const scope of scopes) params.append("allow.scope", `${api}:${scope}`);
  }
  return params.toString();
}

export type StoredDenial = Tables["denials"]["$inferSelect"];

/**
 * Rebuilds the request behind a stored denial, as far as it is stored, to evaluate it again. `scopes`: what the
 * operations need now, for denials that name no scope.
 */
export function requestOfDenial(
  { api, operation, observed, client }: StoredDenial,
  scopes: ReadonlyMap<string, ApiScopes | null> = new Map(),
): CheckRequest {
  // The rollups store known operations only; the denied one may be unknown.
  const called = observed.operation ?? operation;
  const { requiredScopes } = observed;
  return {
    requestId: "",
    api,
    operation: called || null,
    call: null,
    cost: 1,
    client,
    requiredScopes:
      requiredScopes === undefined
        ? requiredScopesOf(scopes.get(api) ?? null, called || null, [])
        : [requiredScopes.split(" ")],
    apiScopes: [],
  };
}
