import { scopesFor } from "../api-scopes/read-only.ts";
import { requiredScopesOf } from "../api-scopes/required.ts";
import { formatNumber } from "../format.ts";
import { evaluateObservation, type ObservationKind } from "../observations.ts";
import { OTHERS } from "../other-values.ts";
import { type CompiledRestrictions, compileRestrictions } from "./compile.ts";
import { coversKind } from "./covers.ts";
import { effectOf, evaluateCall, type PassedChecks } from "./effect.ts";
import { networksOf, readApps, sitesOf } from "./from-observations.ts";
import { MAX_ENTRIES, RESTRICTION_KINDS, type RestrictionKind, totalEntries } from "./kinds.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** Maximum number of entries of a suggested list. Nobody reviews a longer one. */
const MAX_SUGGESTED_ENTRIES = 20;
/** Maximum number of single IP addresses of a suggestion. More are combined into networks. */
const MAX_SINGLE_IP_ADDRESSES = 10;

interface Suggestion {
  restrictions: Restrictions;
  /** The lists of `restrictions` that are narrower than those of the key. */
  narrowed: Partial<Restrictions>;
  /** Upper bound of the checks that the key allows and the suggestion denies; 0 unless rare traffic is ignored. */
  wouldRefuse: number;
}

/** A suggestion, or the reason why there is none. With a suggestion, `why` says why a kind was left out. */
export type SuggestionResult =
  | { suggestion: Suggestion; why: string | null }
  | { suggestion: null; why: string };

/**
 * The narrowest restrictions of reasonable length that recorded traffic would still pass. They allow nothing that
 * `current` denies: calls from before `current` was saved are ignored, and its lists stay unless a new list is
 * narrower. At most `leaveOut` recorded checks would be denied.
 */
export function suggestNarrowerRestrictions(
  passed: PassedChecks,
  current: Restrictions,
  leaveOut: number,
): SuggestionResult {
  if (passed.checks === 0) return { suggestion: null, why: "No request was allowed in this time." };
  const rules = compileRestrictions(current);
  const { set: wanted, why } = applicationOf(passed, rules, leaveOut);
  const set = keepNarrower(current, wanted);
  const apis = keepNarrower(current, { apis: apisOf(passed, rules) });
  const narrowed = { ...set, ...apis };
  if (Object.keys(narrowed).length === 0) {
    return {
      suggestion: null,
      why: why ?? "No narrower restrictions would allow all of its traffic.",
    };
  }
  const restrictions = { ...current, ...narrowed };
  if (totalEntries(restrictions) > MAX_ENTRIES) {
    return {
      suggestion: null,
      why: "Restrictions that allow its traffic would have more entries than a key may have.",
    };
  }
  return { suggestion: { restrictions, narrowed, wouldRefuse: countNewDenials(set, current, passed) }, why };
}

type ApplicationSet = Partial<Pick<Restrictions, "ips" | "referrers" | "apps">>;

/** The lists that allow strictly less than the current ones. */
function keepNarrower<Lists extends Partial<Restrictions>>(
  current: Restrictions,
  lists: Lists,
): Partial<Lists> {
  const wanted = { ...NO_RESTRICTIONS, ...lists };
  const isNarrower = (kind: RestrictionKind) =>
    coversKind(kind, current, wanted) && !coversKind(kind, wanted, current);
  const kept = RESTRICTION_KINDS.filter((kind) => kind in lists && isNarrower(kind));
  return Object.fromEntries(kept.map((kind) => [kind, lists[kind]])) as Partial<Lists>;
}

/** Upper bound of the checks that `set` denies and `current` allows. Suggested lists of APIs never deny any. */
function countNewDenials(set: ApplicationSet, current: Restrictions, passed: PassedChecks): number {
  const before = Object.fromEntries(
    Object.keys(set).map((kind) => [kind, current[kind as keyof ApplicationSet]]),
  );
  return (
    effectOf({ ...NO_RESTRICTIONS, ...set }, passed).atMost -
    effectOf({ ...NO_RESTRICTIONS, ...before }, passed).atLeast
  );
}

/** Suggests apps if every check names one, else websites, else IP addresses. */
function applicationOf(
  passed: PassedChecks,
  rules: CompiledRestrictions,
  leaveOut: number,
): { set: ApplicationSet; why: string | null } {
  const named = (kind: ObservationKind) => valuesToAllow(passed, rules, kind, leaveOut);
  const apps = named("app");
  const readable = apps && readApps(apps);
  if (readable && apps.length <= MAX_SUGGESTED_ENTRIES) return { set: { apps: readable }, why: null };
  const origins = named("origin");
  const sites = origins && sitesOf(origins);
  if (sites && sites.length <= MAX_SUGGESTED_ENTRIES) return { set: { referrers: sites }, why: null };
  const addresses = named("address");
  if (addresses === null) return { set: {}, why: explainNoSuggestion(passed, rules) };
  const networks = addresses.length <= MAX_SINGLE_IP_ADDRESSES ? addresses.toSorted() : networksOf(addresses);
  if (networks.length <= MAX_SUGGESTED_ENTRIES) return { set: { ips: networks }, why: null };
  return {
    set: {},
    why: `The key is used from ${formatNumber(networks.length)} networks, which are too many for a list of IP addresses.`,
  };
}

/** The values of a kind that the suggestion must allow, without the rarest ones; null if some values are unknown. */
function valuesToAllow(
  { checks, observations }: PassedChecks,
  rules: CompiledRestrictions,
  kind: ObservationKind,
  leaveOut: number,
): string[] | null {
  let left = leaveOut - (checks - sumOf(observations[kind]));
  if (left < 0) return null;
  const values: string[] = [];
  for (const { value, count } of allowedObservations(rules, kind, observations).toSorted(
    (a, b) => a.count - b.count,
  )) {
    if (count <= left) left -= count;
    else if (value === "" || value === OTHERS) return null;
    else values.push(value);
  }
  return values.length === 0 ? null : values;
}

/** The observed values that the key's current restrictions don't deny. */
function allowedObservations(
  rules: CompiledRestrictions,
  kind: ObservationKind,
  observations: PassedChecks["observations"],
) {
  return observations[kind].filter(({ value }) => evaluateObservation(rules, kind, value) !== "refused");
}

function explainNoSuggestion({ checks, observations }: PassedChecks, rules: CompiledRestrictions): string {
  if (sumOf(observations.address) < checks) {
    return "Client IP addresses were not recorded during all of this time.";
  }
  const addresses = allowedObservations(rules, "address", observations);
  if (addresses.length === 0) return "No request came from a client that the current restrictions allow.";
  return addresses.some(({ value }) => value === "")
    ? "Some requests have no IP address, website or app, because the service does not pass them on."
    : "The key is used from more IP addresses than are recorded separately.";
}

function sumOf(values: { count: number }[]): number {
  return values.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The APIs that were called and are still allowed. Their operations are listed if every call named one and there are
 * few, else those of the current restrictions are kept. Likewise their scopes, if the calls needed only some.
 */
function apisOf(passed: PassedChecks, rules: CompiledRestrictions): ApiRestriction[] {
  const mayPass = passed.calls.filter((call) => evaluateCall(rules, call, passed) !== "refused");
  return [...Map.groupBy(mayPass, ({ api }) => api)]
    .map(([api, same]) => {
      const operations = same.map(({ operation }) => operation).sort();
      const named =
        operations.length <= MAX_SUGGESTED_ENTRIES && operations.every((name) => /^[^\s*]+$/.test(name));
      const current = rules.apis?.get(api);
      const scopes = usedScopes(passed, api, operations, current?.scopes?.set ?? null);
      return {
        api,
        operations: named ? operations : [...(current?.operations ?? [])],
        ...(scopes.length > 0 && { scopes }),
      };
    })
    .sort((a, b) => (a.api < b.api ? -1 : 1));
}

/**
 * The scopes that calls of these operations needed; those of the key (`held`) if that is unknown, none if it would be
 * all of the API's.
 */
function usedScopes(
  { scopes }: PassedChecks,
  api: string,
  operations: readonly string[],
  held: ReadonlySet<string> | null,
): string[] {
  const ofApi = scopes.get(api) ?? null;
  const current = [...(held ?? [])].sort();
  if (!ofApi?.byOperation) return current;
  const required = operations.map((operation) => requiredScopesOf(ofApi, operation || null, []));
  // No alternative: an operation that the API doesn't list.
  if (required.some((alternatives) => alternatives?.length === 0)) return current;
  const used = scopesFor(required, held);
  return used.length === 0 || used.length >= ofApi.declared.length ? current : used;
}
