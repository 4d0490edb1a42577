import { type ApiScopes, requiredScopesOf } from "../api-scopes/required.ts";
import { NO_CLIENT } from "../client.ts";
import {
  evaluateObservation,
  OBSERVATION_KINDS,
  type ObservationKind,
  type RecordedOutcome,
} from "../observations.ts";
import { OTHERS } from "../other-values.ts";
import { type CompiledRestrictions, compileRestrictions } from "./compile.ts";
import { coversKind } from "./covers.ts";
import { evaluateKind } from "./evaluate.ts";
import { countEntries, RESTRICTION_KINDS, type RestrictionKind } from "./kinds.ts";
import type { Restrictions } from "./types.ts";

/** A value that passed checks have in common. */
export interface ObservedValue {
  value: string;
  count: number;
  /** Epoch ms; null if it is not recorded. */
  lastSeenAt: number | null;
}

export interface PassedCall {
  api: string;
  operation: string;
  count: number;
}

/** Recorded passed checks: counts by API and operation, and a separate count for each kind of client observation. */
export interface PassedChecks {
  checks: number;
  /** An empty operation: the request named none, or an operation that is not counted separately. */
  calls: PassedCall[];
  /** Slugs of the APIs with listed operations. Only listed names are counted separately. */
  listedApis: ReadonlySet<string>;
  /** By slug: what the operations of these APIs need now. */
  scopes: ReadonlyMap<string, ApiScopes | null>;
  observations: Record<ObservationKind, { value: string; count: number; lastSeenAt: number }[]>;
}

/** What one kind of restriction would have done to passed checks. Counts are checks. */
export interface KindEffect {
  kind: RestrictionKind;
  refused: number;
  /** Checks whose outcome is unknown. */
  unsure: number;
  /** Values that would not certainly have passed, the most frequent first. */
  values: (ObservedValue & { outcome: Exclude<RecordedOutcome, "allowed"> })[];
}

/** What a set would have done to passed checks. Counts are checks. */
export interface Effect {
  /**
   * Bounds of the number of denied checks. Several kinds can deny the same check, so the kind with the most denials is
   * the lower bound.
   */
  atLeast: number;
  atMost: number;
  kinds: KindEffect[];
}

/** The observation that decides each kind. The APIs that were called are counted separately. */
export const OBSERVATION_KIND_OF: Record<Exclude<RestrictionKind, "apis">, ObservationKind> = {
  ips: "address",
  referrers: "origin",
  apps: "app",
};

/** The kinds of observation that `effectOf` needs for a set. */
export function observationsFor(set: Restrictions): ObservationKind[] {
  const { ips, referrers, apps } = countEntries(set);
  const entries = { address: ips, origin: referrers, app: apps };
  return OBSERVATION_KINDS.filter((kind) => entries[kind] > 0);
}

/**
 * What a set in canonical form would have done to passed checks. Needs only the observations of the kinds that
 * `observationsFor` returns. Throws `RangeError` for an invalid entry.
 */
export function effectOf(set: Restrictions, passed: PassedChecks): Effect {
  const rules = compileRestrictions(set);
  const entries = countEntries(set);
  const kinds = RESTRICTION_KINDS.filter((kind) => entries[kind] > 0).map((kind) =>
    kind === "apis" ? apiEffect(rules, passed) : observationEffect(kind, rules, passed),
  );
  return { ...boundsOf(kinds, passed), kinds };
}

/** The bounds on the number of checks that some of the kinds deny. */
function boundsOf(kinds: KindEffect[], { checks }: PassedChecks): Pick<Effect, "atLeast" | "atMost"> {
  const doubtful = kinds.reduce((sum, kind) => sum + kind.refused + kind.unsure, 0);
  return {
    atLeast: Math.max(0, ...kinds.map((kind) => kind.refused)),
    atMost: Math.min(checks, doubtful),
  };
}

/**
 * How many passed checks `draft` would have denied and `current` would have allowed: a range. Values that the same
 * kind of `current` denies are left out, and so are kinds that allow everything that they allow in `current`.
 */
export function newlyDenied(
  draft: Restrictions,
  current: Restrictions,
  passed: PassedChecks,
): Pick<Effect, "atLeast" | "atMost"> {
  const before = effectOf(current, passed);
  const kinds = effectOf(draft, passed)
    .kinds.filter(({ kind }) => !coversKind(kind, draft, current))
    .map(({ kind, values }) => {
      const same = before.kinds.find((each) => each.kind === kind)?.values ?? [];
      const alreadyDenied = new Set(
        same.flatMap(({ value, outcome }) => (outcome === "refused" ? [value] : [])),
      );
      return summarize(
        kind,
        values.filter(({ value }) => !alreadyDenied.has(value)),
      );
    });
  const { atLeast, atMost } = boundsOf(kinds, passed);
  // Other kinds of `current` may deny some of them.
  return { atLeast: Math.max(0, atLeast - before.atMost), atMost };
}

function apiEffect(rules: CompiledRestrictions, passed: PassedChecks): KindEffect {
  const values = passed.calls.flatMap(({ api, operation, count }) => {
    const outcome = evaluateCall(rules, { api, operation }, passed);
    if (outcome === "allowed") return [];
    const value = operation === "" ? api : `${api}: ${operation}`;
    return [{ value, count, lastSeenAt: null, outcome }];
  });
  return summarize("apis", values);
}

/**
 * Whether a call would pass the kind `apis`. `unsure` if the key is restricted to operations or scopes and the recorded
 * call has no name although the API lists its operations: it may have named an unlisted one, or an operation that is not counted
 * separately. Scopes that the service asked for are not recorded.
 */
export function evaluateCall(
  rules: CompiledRestrictions,
  { api, operation }: Pick<PassedCall, "api" | "operation">,
  { listedApis, scopes }: Pick<PassedChecks, "listedApis" | "scopes">,
): RecordedOutcome {
  const request = {
    requestId: "",
    api,
    operation: operation || null,
    call: null,
    cost: 1,
    requiredScopes: requiredScopesOf(scopes.get(api) ?? null, operation || null, []),
    apiScopes: [],
    client: NO_CLIENT,
  };
  const reason = evaluateKind("apis", rules, request);
  if (reason === null) return "allowed";
  const mayBeUnlisted = operation === "" && listedApis.has(api) && reason.code !== "API_NOT_ALLOWED";
  return mayBeUnlisted ? "unsure" : "refused";
}

function observationEffect(
  kind: Exclude<RestrictionKind, "apis">,
  rules: CompiledRestrictions,
  { checks, observations }: PassedChecks,
): KindEffect {
  const observed = observations[OBSERVATION_KIND_OF[kind]];
  const values: KindEffect["values"] = observed.flatMap(({ value, count, lastSeenAt }) => {
    const outcome = evaluateObservation(rules, OBSERVATION_KIND_OF[kind], value);
    return outcome === "allowed" ? [] : [{ value, count, lastSeenAt, outcome }];
  });
  // Checks from before observations were recorded.
  const unknown = checks - observed.reduce((sum, { count }) => sum + count, 0);
  if (unknown > 0) values.push({ value: OTHERS, count: unknown, lastSeenAt: null, outcome: "unsure" });
  return summarize(kind, values);
}

function summarize(kind: RestrictionKind, values: KindEffect["values"]): KindEffect {
  const sum = (outcome: string) =>
    values.reduce((total, value) => total + (value.outcome === outcome ? value.count : 0), 0);
  return {
    kind,
    refused: sum("refused"),
    unsure: sum("unsure"),
    values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
  };
}
