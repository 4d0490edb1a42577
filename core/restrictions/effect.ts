import { NO_CLIENT } from "../client.ts";
import {
  judgeObservation,
  OBSERVATION_KINDS,
  type ObservationKind,
  OTHERS,
  type Outcome,
} from "../observations.ts";
import { type CompiledRestrictions, compileRestrictions } from "./compile.ts";
import { judgeKind } from "./judge.ts";
import { countEntries, RESTRICTION_KINDS, type RestrictionKind } from "./kinds.ts";
import type { Restrictions } from "./types.ts";

/** Passed checks that have something in common. */
export interface Seen {
  value: string;
  count: number;
  /** Epoch ms; null where it is not kept. */
  lastSeenAt: number | null;
}

export interface PassedCall {
  api: string;
  operation: string;
  count: number;
}

/** Passed checks, as they are kept: by API and operation exactly, and each kind of sighting on its own. */
export interface PassedChecks {
  checks: number;
  /** Without an operation's name: none was given, or one that was not kept apart. */
  calls: PassedCall[];
  /** APIs whose operations the catalogue lists: a name that is not among them was not kept. */
  listed: ReadonlySet<string>;
  sightings: Record<ObservationKind, { value: string; count: number; lastSeenAt: number }[]>;
}

/** What one kind of a set would have done to them. */
export interface KindEffect {
  kind: RestrictionKind;
  refused: number;
  /** Checks of which it can't be told. */
  unsure: number;
  /** What would not surely have passed, the most frequent first. */
  values: (Seen & { outcome: Exclude<Outcome, "allowed"> })[];
}

/** What a set would have done to checks that passed. */
export interface Effect {
  /** A check may be refused by more than one kind: at least as many as the kind that refuses most, at most all. */
  atLeast: number;
  atMost: number;
  kinds: KindEffect[];
}

const SIGHTING_OF: Record<Exclude<RestrictionKind, "apis">, ObservationKind> = {
  ips: "address",
  referrers: "origin",
  apps: "app",
};

/** The kinds of sighting that it takes to tell what a set would have done. */
export function observationsFor(set: Restrictions): ObservationKind[] {
  const { ips, referrers, apps } = countEntries(set);
  const entries = { address: ips, origin: referrers, app: apps };
  return OBSERVATION_KINDS.filter((kind) => entries[kind] > 0);
}

/**
 * What a set in canonical form would have done to checks that passed. Of sightings only those of `sightingsFor` are
 * looked at.
 */
export function effectOf(set: Restrictions, passed: PassedChecks): Effect {
  const rules = compileRestrictions(set);
  const entries = countEntries(set);
  const kinds = RESTRICTION_KINDS.filter((kind) => entries[kind] > 0).map((kind) =>
    kind === "apis" ? apiEffect(rules, passed) : sightingEffect(kind, rules, passed),
  );
  const doubtful = kinds.reduce((sum, { refused, unsure }) => sum + refused + unsure, 0);
  return {
    atLeast: Math.max(0, ...kinds.map(({ refused }) => refused)),
    atMost: Math.min(passed.checks, doubtful),
    kinds,
  };
}

function apiEffect(rules: CompiledRestrictions, { calls, listed }: PassedChecks): KindEffect {
  const values = calls.flatMap(({ api, operation, count }) => {
    const outcome = judgeCall(rules, { api, operation }, listed);
    if (outcome === "allowed") return [];
    const value = operation === "" ? api : `${api}: ${operation}`;
    return [{ value, count, lastSeenAt: null, outcome }];
  });
  return summedUp("apis", values);
}

/**
 * Would a call pass the kind `apis`? `unsure` where operations are named and the call's may be one of them: it
 * had no name that the catalogue lists, and that may be none or any.
 */
export function judgeCall(
  rules: CompiledRestrictions,
  { api, operation }: Pick<PassedCall, "api" | "operation">,
  listed: ReadonlySet<string>,
): Outcome {
  const request = {
    requestId: "",
    api,
    operation: operation || null,
    call: null,
    cost: 1,
    client: NO_CLIENT,
  };
  const why = judgeKind("apis", rules, request);
  if (why === null) return "allowed";
  const mayHaveBeenAny = operation === "" && listed.has(api) && why.code === "OPERATION_NOT_ALLOWED";
  return mayHaveBeenAny ? "unsure" : "refused";
}

function sightingEffect(
  kind: Exclude<RestrictionKind, "apis">,
  rules: CompiledRestrictions,
  { checks, sightings }: PassedChecks,
): KindEffect {
  const seen = sightings[SIGHTING_OF[kind]];
  const values = seen.flatMap(({ value, count, lastSeenAt }) => {
    const outcome = judgeObservation(rules, SIGHTING_OF[kind], value);
    return outcome === "allowed" ? [] : [{ value, count, lastSeenAt, outcome }];
  });
  // Checks from before anything of them was kept.
  const unknown = checks - seen.reduce((sum, { count }) => sum + count, 0);
  if (unknown > 0) values.push({ value: OTHERS, count: unknown, lastSeenAt: 0, outcome: "unsure" });
  return summedUp(kind, values);
}

function summedUp(kind: RestrictionKind, values: KindEffect["values"]): KindEffect {
  const sum = (outcome: string) =>
    values.reduce((total, one) => total + (one.outcome === outcome ? one.count : 0), 0);
  return {
    kind,
    refused: sum("refused"),
    unsure: sum("unsure"),
    values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
  };
}
