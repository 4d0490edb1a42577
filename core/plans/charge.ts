import type { CheckRequest } from "../check.ts";
import type { ProjectFacts } from "../facts.ts";
import type { Limit } from "../limits/types.ts";
import { matchesOperation } from "../restrictions/apis.ts";
import type { PlanFacts, PlanPeriod } from "./periods.ts";
import { isInRange, isOverridden, type PlanTerms, versionAt, withOverride } from "./terms.ts";

/** What a call costs and is limited by because of its project's plan. */
export interface PlanCharge {
  /** Of a call with a cost of 1. */
  units: number;
  limits: readonly Limit[];
}

/** The plan of the API (by slug) that a project is on at `nowMs`; null if it is on none. */
export function planAt({ plans }: ProjectFacts, api: string, nowMs: number): PlanPeriod | null {
  const periods = plans?.get(api);
  if (periods === undefined) return null;
  for (const period of periods) {
    if (isInRange(period, nowMs)) return period;
  }
  return null;
}

/** A limit of a plan and the operations that it counts. */
interface Counting {
  limit: Limit;
  operations: string | null;
}

/** Whose terms these are, and since when they apply (epoch ms). */
interface TermsOwner {
  projectId: string;
  api: string;
  plan: string;
  termsSince?: number;
}

/** The terms of a plan for one project, compiled once. */
export class ChargeTable {
  /** All limits of the plan. */
  readonly limits: readonly Limit[];
  readonly #limits: readonly Counting[];
  readonly #forAll: readonly Limit[];
  /** The most specific pattern first. */
  readonly #units: readonly (readonly [pattern: string, units: number])[];
  readonly #known = new Map<string, PlanCharge>();
  readonly #unnamed: PlanCharge;
  readonly #unlisted: PlanCharge;

  constructor(of: TermsOwner, terms: PlanTerms) {
    this.#limits = limitsOfTerms(of, terms);
    this.limits = this.#limits.map(({ limit }) => limit);
    this.#forAll = this.#limits.filter(({ operations }) => operations === null).map(({ limit }) => limit);
    this.#units = Object.entries(terms.unitsPerOperation).sort(([a], [b]) => bySpecificity(a, b));
    this.#unnamed = { units: terms.unitsPerOperation["*"] ?? 1, limits: this.#forAll };
    this.#unlisted = {
      units: Math.max(this.#unnamed.units, ...this.#units.map(([, units]) => units)),
      limits: this.limits,
    };
  }

  /**
   * What a call is charged. If its path matches no operation, a router behind the check may still find one: it counts
   * against every limit, at the highest price. A call without operation and path counts against the limits for all.
   */
  chargeOf({ operation, call }: Pick<CheckRequest, "operation" | "call">): PlanCharge {
    if (operation === null) return call === null ? this.#unnamed : this.#unlisted;
    const known = this.#known.get(operation);
    if (known) return known;
    const charge = this.#chargeFor(operation);
    if (this.#known.size < MAX_KNOWN) this.#known.set(operation, charge);
    return charge;
  }

  #chargeFor(operation: string): PlanCharge {
    const units = this.#units.find(([pattern]) => matchesOperation(pattern, operation));
    const limits = this.#limits.filter(
      ({ operations }) => operations === null || matchesOperation(operations, operation),
    );
    return {
      units: units?.[1] ?? 1,
      limits: limits.length === this.#forAll.length ? this.#forAll : limits.map(({ limit }) => limit),
    };
  }
}

/** Operations whose charges are kept: a service may send names that the API does not list. */
const MAX_KNOWN = 500;

/** Longer beginnings first; of two equal ones, the operation itself before the star. */
function bySpecificity(a: string, b: string): number {
  const lengthOf = (pattern: string) =>
    pattern.endsWith("*") ? 2 * (pattern.length - 1) : 2 * pattern.length + 1;
  return lengthOf(b) - lengthOf(a);
}

/**
 * The limits of terms. A counter is named after what it counts, not after the plan: a project that changes its plan has
 * no new quota.
 */
function limitsOfTerms(
  { projectId, api, plan, termsSince = 0 }: TermsOwner,
  { limits, includedUnits, overage }: PlanTerms,
): Counting[] {
  const identify = (name: string, operations: string | null, span: string | number) => ({
    scope: "plan" as const,
    projectId,
    counter: `${projectId}/plan/${api}/${span}/${operations ?? "*"}`,
    policy: { plan, api, name, operations },
    termsSince,
  });
  const list: Counting[] = limits.flatMap(({ name, operations, rate, quota }): Counting[] => {
    if (rate) {
      return [
        { operations, limit: { kind: "rate", ...identify(name, operations, rate.windowSeconds), rate } },
      ];
    }
    return quota
      ? [{ operations, limit: { kind: "quota", ...identify(name, operations, "quota"), quota } }]
      : [];
  });
  if (includedUnits !== null && overage === "block") {
    const quota = { limit: includedUnits, period: "month" as const };
    list.push({
      operations: null,
      limit: { kind: "quota", ...identify("included", null, "included"), quota },
    });
  }
  return list;
}

const tables = new WeakMap<PlanPeriod, { terms: PlanTerms; overridden: boolean; table: ChargeTable }>();

/**
 * The compiled terms of a project's plan at `nowMs`. Null if none of several versions has begun. The only one applies
 * even if this clock is behind that of the process which created it.
 */
export function chargeTableAt(
  of: { projectId: string; api: string },
  period: PlanPeriod,
  plan: PlanFacts,
  nowMs: number,
): ChargeTable | null {
  const version = plan.versions.length === 1 ? plan.versions[0] : versionAt(plan.versions, nowMs);
  if (!version) return null;
  const { override } = period;
  const overridden = isOverridden(override, nowMs);
  const kept = tables.get(period);
  // Facts never change: the terms of a version are one object.
  if (kept?.terms === version.terms && kept.overridden === overridden) return kept.table;
  const ended = override?.endsAt != null && override.endsAt <= nowMs ? override.endsAt : 0;
  const termsSince = Math.max(period.startsAt, version.appliesAt, override?.changedAt ?? 0, ended);
  const terms = withOverride(version.terms, override, nowMs);
  const table = new ChargeTable({ ...of, plan: plan.slug, termsSince }, terms);
  tables.set(period, { terms: version.terms, overridden, table });
  return table;
}
