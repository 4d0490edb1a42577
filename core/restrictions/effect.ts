import { NO_CLIENT } from "../client.ts";
import { judgeSighting, OTHERS, type SightingKind } from "../sightings.ts";
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

/** Passed checks, as they are kept: by API and operation exactly, and each kind of sighting on its own. */
export interface PassedChecks {
  checks: number;
  calls: { api: string; operation: string; count: number }[];
  sightings: Record<SightingKind, { value: string; count: number; lastSeenAt: number }[]>;
}

/** What one kind of a set would have done to them. */
export interface KindEffect {
  kind: RestrictionKind;
  refused: number;
  /** Checks of which it can't be told. */
  unsure: number;
  /** What would not surely have passed, the most frequent first. */
  values: (Seen & { outcome: "refused" | "unsure" })[];
}

/** What a set would have done to checks that passed. */
export interface Effect {
  /** A check may be refused by more than one kind: at least as many as the kind that refuses most, at most all. */
  atLeast: number;
  atMost: number;
  kinds: KindEffect[];
}

const SIGHTING_OF: Record<Exclude<RestrictionKind, "apis">, SightingKind> = {
  ips: "address",
  referrers: "origin",
  apps: "app",
};

/** What a set in canonical form would have done to checks that passed. */
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

function apiEffect(rules: CompiledRestrictions, { calls }: PassedChecks): KindEffect {
  const values = calls.flatMap(({ api, operation, count }) => {
    const request = {
      requestId: "",
      api,
      operation: operation || null,
      call: null,
      cost: 1,
      client: NO_CLIENT,
    };
    if (judgeKind("apis", rules, request) === null) return [];
    const value = operation === "" ? api : `${api}: ${operation}`;
    return [{ value, count, lastSeenAt: null, outcome: "refused" as const }];
  });
  return summedUp("apis", values);
}

function sightingEffect(
  kind: Exclude<RestrictionKind, "apis">,
  rules: CompiledRestrictions,
  { checks, sightings }: PassedChecks,
): KindEffect {
  const seen = sightings[SIGHTING_OF[kind]];
  const values = seen.flatMap(({ value, count, lastSeenAt }) => {
    const outcome = judgeSighting(rules, SIGHTING_OF[kind], value);
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
