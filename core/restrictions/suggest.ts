import { judgeObservation, type ObservationKind, OTHERS } from "../observations.ts";
import { type CompiledRestrictions, compileRestrictions } from "./compile.ts";
import { coversKind } from "./covers.ts";
import { effectOf, judgeCall, type PassedChecks } from "./effect.ts";
import { networksOf, readApps, sitesOf } from "./from-observations.ts";
import { MAX_ENTRIES, RESTRICTION_KINDS, type RestrictionKind, totalEntries } from "./kinds.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** So many entries of a kind at most: a longer list is no restriction that anybody looks through. */
const ENTRIES_SUGGESTED = 20;
/** So many single addresses are named; more are taken together in networks. */
const ADDRESSES_MOST = 10;

interface Suggestion {
  restrictions: Restrictions;
  /** Of these, the lists that say more than the key's own. */
  narrowed: Partial<Restrictions>;
  /** Of the checks that the key lets through, at most so many would be refused; 0 unless the rarest were left out. */
  wouldRefuse: number;
}

/** The narrowest set of reasonable length that checks that passed would still pass, or why there is none. */
export type Suggested = { suggestion: Suggestion; why: string | null } | { suggestion: null; why: string };

/**
 * What to restrict a key to, by what it is used for. It lets nothing through that `current` refuses: calls that
 * passed before the key had that set are looked past, and a list of it stays unless the new one is narrower.
 * `leaveOut`: so many checks at most may be refused by it; 0 suggests nothing that would have refused one.
 */
export function suggestFor(passed: PassedChecks, current: Restrictions, leaveOut: number): Suggested {
  if (passed.checks === 0) return { suggestion: null, why: "No check passed in this time." };
  const rules = compileRestrictions(current);
  const { set: wanted, why } = applicationOf(passed, rules, leaveOut);
  const set = narrowerOf(current, wanted);
  const apis = narrowerOf(current, { apis: apisOf(passed, rules) });
  const narrowed = { ...set, ...apis };
  if (Object.keys(narrowed).length === 0) {
    return {
      suggestion: null,
      why: why ?? "Nothing narrower would let all through that it is used for.",
    };
  }
  const restrictions = { ...current, ...narrowed };
  if (totalEntries(restrictions) > MAX_ENTRIES) {
    return {
      suggestion: null,
      why: "With what it is used for, it would have more entries than a key may have.",
    };
  }
  return { suggestion: { restrictions, narrowed, wouldRefuse: newlyRefused(set, current, passed) }, why };
}

type ApplicationSet = Partial<Pick<Restrictions, "ips" | "referrers" | "apps">>;

/** Those of the lists that let strictly less through than the current ones. Other entries or another order is not less. */
function narrowerOf<Lists extends Partial<Restrictions>>(
  current: Restrictions,
  lists: Lists,
): Partial<Lists> {
  const wanted = { ...NO_RESTRICTIONS, ...lists };
  const isNarrower = (kind: RestrictionKind) =>
    coversKind(kind, current, wanted) && !coversKind(kind, wanted, current);
  const kept = RESTRICTION_KINDS.filter((kind) => kind in lists && isNarrower(kind));
  return Object.fromEntries(kept.map((kind) => [kind, lists[kind]])) as Partial<Lists>;
}

/** Lists of APIs refuse none that the current ones let through; of the others, what they refused is no news. */
function newlyRefused(set: ApplicationSet, current: Restrictions, passed: PassedChecks): number {
  const before = Object.fromEntries(
    Object.keys(set).map((kind) => [kind, current[kind as keyof ApplicationSet]]),
  );
  return (
    effectOf({ ...NO_RESTRICTIONS, ...set }, passed).atMost -
    effectOf({ ...NO_RESTRICTIONS, ...before }, passed).atLeast
  );
}

/** Apps prove least and say most: where every check names one it is an app. Then sites, then addresses. */
function applicationOf(
  passed: PassedChecks,
  rules: CompiledRestrictions,
  leaveOut: number,
): { set: ApplicationSet; why: string | null } {
  const named = (kind: ObservationKind) => namedValues(passed, rules, kind, leaveOut);
  const apps = named("app");
  const readable = apps && readApps(apps);
  if (readable && apps.length <= ENTRIES_SUGGESTED) return { set: { apps: readable }, why: null };
  const origins = named("origin");
  const sites = origins && sitesOf(origins);
  if (sites && sites.length <= ENTRIES_SUGGESTED) return { set: { referrers: sites }, why: null };
  const addresses = named("address");
  if (addresses === null) return { set: {}, why: whyNot(passed, rules) };
  const networks = addresses.length <= ADDRESSES_MOST ? addresses.toSorted() : networksOf(addresses);
  if (networks.length <= ENTRIES_SUGGESTED) return { set: { ips: networks }, why: null };
  return { set: {}, why: `It is used from ${networks.length} networks: too many for a list of addresses.` };
}

/** Every value of a kind that may still pass, without the rarest that may be left out; null where some can't be told. */
function namedValues(
  { checks, sightings }: PassedChecks,
  rules: CompiledRestrictions,
  kind: ObservationKind,
  leaveOut: number,
): string[] | null {
  let left = leaveOut - (checks - sumOf(sightings[kind]));
  if (left < 0) return null;
  const values: string[] = [];
  for (const { value, count } of passing(rules, kind, sightings).toSorted((a, b) => a.count - b.count)) {
    if (count <= left) left -= count;
    else if (value === "" || value === OTHERS) return null;
    else values.push(value);
  }
  return values.length === 0 ? null : values;
}

/** What the key's own restrictions do not refuse today. */
function passing(rules: CompiledRestrictions, kind: ObservationKind, sightings: PassedChecks["sightings"]) {
  return sightings[kind].filter(({ value }) => judgeObservation(rules, kind, value) !== "refused");
}

function whyNot({ checks, sightings }: PassedChecks, rules: CompiledRestrictions): string {
  if (sumOf(sightings.address) < checks) {
    return "Where calls come from has not been kept for all of this time yet.";
  }
  const seen = passing(rules, "address", sightings);
  if (seen.length === 0) return "No call came from where it may be used by now.";
  return seen.some(({ value }) => value === "")
    ? "Some calls came without an address, a site or an app: the service does not pass them on."
    : "It is used from more addresses than are kept apart.";
}

function sumOf(seen: { count: number }[]): number {
  return seen.reduce((sum, { count }) => sum + count, 0);
}

/**
 * The APIs that were called and still may be; their operations where every call named one and they are few, else
 * those that the key may call already.
 */
function apisOf({ calls, listed }: PassedChecks, rules: CompiledRestrictions): ApiRestriction[] {
  const mayPass = calls.filter((call) => judgeCall(rules, call, listed) !== "refused");
  return [...Map.groupBy(mayPass, ({ api }) => api)]
    .map(([api, same]) => {
      const operations = same.map(({ operation }) => operation).sort();
      const named =
        operations.length <= ENTRIES_SUGGESTED && operations.every((name) => /^[^\s*]+$/.test(name));
      return { api, operations: named ? operations : [...(rules.apis?.get(api) ?? [])] };
    })
    .sort((a, b) => (a.api < b.api ? -1 : 1));
}
