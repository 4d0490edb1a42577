import { denyUnknown, evaluateCounters, evaluateReportOnly, evaluateRules } from "#core/decide.ts";
import type { Facts, KnownFacts, SecretFacts } from "#core/facts.ts";
import { applicableLimits } from "#core/limits/applicable-limits.ts";
import { type LimitStates, limitStates, UNLIMITED } from "#core/limits/evaluate.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import type { PlanCharge } from "#core/plans/charge.ts";
import type { DeniedVerdict } from "#core/verdict-schema.ts";
import { chain, chainAll, type MaybePromise, rejectOnThrow } from "#platform/maybe-promise.ts";
import type { LoadedSecret } from "../cache/compile-facts.ts";
import type { FactStore } from "../cache/fact-store.ts";
import { VerdictUnavailable, withTimeout } from "../check/verdict-unavailable.ts";
import type { ImportedTokens } from "../imports/imported-tokens.ts";
import type { Limiter, Take } from "../limits/limiter.ts";
import type { Check, CheckResult, Credential } from "./check.ts";
import { chargeOf } from "./plan-charge.ts";

/** The longest that a denial waits for the state of its limits, ms. */
const LIMIT_STATES_TIMEOUT_MS = 100;

/** How often facts are read again after a wait. */
const MAX_TRIES = 5;

/** A check after every rule except limits. `denial` is null if only a limit can still deny it. */
type RuleResult = Denied | Permitted;
interface Denied {
  check: Check;
  facts: KnownFacts | null;
  denial: DeniedVerdict;
}
interface Permitted {
  check: Check;
  facts: KnownFacts;
  denial: null;
}

export interface CheckEvaluatorOptions {
  factStore: FactStore;
  imports: ImportedTokens;
  limiter: Limiter;
  /** Epoch ms. */
  now: () => number;
  /** Epoch ms: at least the time of the latest change. */
  latest: () => number;
  /** Why no verdict is available; null if verdicts are available. */
  unavailableReason: () => string | null;
}

/** Evaluates checks by facts from memory or the database, the rules of the core, and limits. Writes nothing. */
export class CheckEvaluator {
  /** Checks that got no verdict because their limits could not be counted, since the start. */
  uncounted = 0;
  readonly #options: CheckEvaluatorOptions;

  constructor(options: CheckEvaluatorOptions) {
    this.#options = options;
  }

  /** The verdict. Counts the call against its limits. Throws (or rejects with) `VerdictUnavailable`. */
  evaluate(check: Check): MaybePromise<CheckResult> {
    return chain(this.#evaluateRules(check), (result) => this.#evaluateLimits(result));
  }

  /**
   * The verdicts on several checks as of one moment, however long the facts of some took to load. A check that had to
   * wait for its limit counters is evaluated again after the wait.
   */
  evaluateAll(checks: readonly Check[]): MaybePromise<CheckResult[]> {
    return chain(this.#evaluateAllRules(checks), (results) =>
      // In order: an earlier check may use up what a later one needs.
      chainAll(results, (one) => this.#evaluateLimits(one)),
    );
  }

  /** The denial of a check by any rule except a limit, or null. Consumes and writes nothing. */
  denialOf(check: Check): MaybePromise<CheckResult | null> {
    return chain(this.#evaluateRules(check), (result) => (result.denial ? this.#deny(result) : null));
  }

  /** The facts of a credential. Throws (or rejects with) `VerdictUnavailable`. */
  factsOf(credential: Credential): MaybePromise<Facts> {
    if ("credential" in credential) return credential;
    const { hash, imported } = credential;
    return chain(this.#options.factStore.secrets.get(hash), (secret): MaybePromise<Facts> => {
      const isConfirmed = secret !== null && secret.unconfirmedSince === null;
      if (isConfirmed || imported === undefined) return this.#factsAbout(secret);
      return chain(this.#options.imports.find(hash, imported, secret), (found) =>
        found === "busy" ? { credential: "unverified" } : this.#factsAbout(found),
      );
    });
  }

  #factsAbout(secret: LoadedSecret | null): MaybePromise<Facts> {
    if (secret === null) return { credential: "unknown" };
    if (!secret.enforceable)
      throw new VerdictUnavailable("the key has restrictions that this version does not support");
    return chain(this.#options.factStore.projects.get(secret.key.projectId), (project): Facts => {
      if (project === null) throw new VerdictUnavailable("the key has no project");
      return { credential: "known", secret, project };
    });
  }

  /** Evaluates all without a pause: if one had to wait, all are evaluated again. */
  #evaluateAllRules(checks: readonly Check[], tries = MAX_TRIES): MaybePromise<RuleResult[]> {
    const results = chainAll(checks, (check) => this.#evaluateRules(check, tries));
    return results instanceof Promise
      ? results.then(() => this.#evaluateAllRules(checks, tries - 1))
      : results;
  }

  /** Every rule except limits. Facts that had to be waited for are read again: the first may have changed. */
  #evaluateRules(check: Check, tries = MAX_TRIES): MaybePromise<RuleResult> {
    const unavailableReason = this.#options.unavailableReason();
    if (unavailableReason !== null) throw new VerdictUnavailable(unavailableReason);
    if (tries === 0) throw new VerdictUnavailable("the data changes faster than it can be read");
    const facts = this.factsOf(check.credential);
    if (facts instanceof Promise) return facts.then(() => this.#evaluateRules(check, tries - 1));
    const { request } = check;
    return facts.credential === "known"
      ? { check, facts, denial: evaluateRules(facts, request, this.#nowFor(facts.secret)) }
      : { check, facts: null, denial: denyUnknown(facts, request) };
  }

  #evaluateLimits(result: RuleResult): MaybePromise<CheckResult> {
    if (result.denial !== null) return this.#deny(result);
    if (result.facts.project.plans === null) return this.#evaluateCharged(result, null);
    const { check } = result;
    const charge = this.#chargeOf(check, result.facts);
    if (!(charge instanceof Promise)) return this.#evaluateCharged(result, charge);
    return charge.then((charge) =>
      chain(this.#evaluateRules(check), (result) =>
        result.denial === null ? this.#evaluateCharged(result, charge) : this.#deny(result),
      ),
    );
  }

  /** `charge`: of the project's plan; null if it has none. */
  #evaluateCharged(result: Permitted, charge: PlanCharge | null): MaybePromise<CheckResult> {
    const { check, facts } = result;
    const ownLimits = applicableLimits(facts.secret.key, facts.project);
    const limits = withPlan(ownLimits, charge);
    const { cost } = check.request;
    const units = charge === null ? cost : cost * charge.units;
    if (limits.length === 0) return this.#evaluateCounts(result, units, []);
    const counted = this.#count({ limits, cost: units, nowMs: this.#options.now(), consume: true });
    return counted instanceof Promise
      ? counted.then((counted) => this.#evaluateAfterWait(check, units, counted))
      : this.#evaluateCounts(result, units, counted);
  }

  /** Counters may take seconds: a key revoked or restricted in that time is denied. */
  #evaluateAfterWait(
    check: Check,
    units: number,
    counted: readonly CounterState[],
  ): MaybePromise<CheckResult> {
    return chain(this.#evaluateRules(check), (result) =>
      result.denial === null ? this.#evaluateCounts(result, units, counted) : this.#deny(result),
    );
  }

  #evaluateCounts({ check, facts }: Permitted, units: number, counted: readonly CounterState[]): CheckResult {
    const nowMs = this.#options.now();
    const { secretId, key } = facts.secret;
    const verdict = evaluateCounters(facts, check.request, { nowMs, counted, units });
    const trial = verdict.valid ? evaluateReportOnly(key, check.request) : null;
    const limits = verdict.valid ? verdict : limitStates(counted, nowMs);
    return { check, verdict, units, secretId, trial, limits };
  }

  /** By the later of the clocks of this machine and of the last change: a plan that starts now has started. */
  #chargeOf(check: Check, { project }: KnownFacts): MaybePromise<PlanCharge | null> {
    return chargeOf(check, project, this.#options.factStore.apis, this.#options.latest());
  }

  #deny({ check, facts, denial }: Denied): MaybePromise<CheckResult> {
    const limits = check.reportLimits && facts !== null ? this.#limitsAt(check, facts) : UNLIMITED;
    return chain(limits, (limits) => ({
      check,
      verdict: denial,
      units: 0,
      secretId: facts?.secret.secretId ?? "",
      trial: null,
      limits,
    }));
  }

  #count(take: Take): MaybePromise<CounterState[]> {
    const failed = (error: unknown): never => {
      this.uncounted++;
      throw error;
    };
    try {
      const counted = this.#options.limiter.take(take);
      return counted instanceof Promise ? counted.catch(failed) : counted;
    } catch (error) {
      return failed(error);
    }
  }

  /**
   * The state of a denied call's limits. Reads the counters once and consumes nothing. If they are unavailable the
   * denial is returned without them.
   */
  #limitsAt(check: Check, facts: KnownFacts): MaybePromise<LimitStates> {
    const ownLimits = applicableLimits(facts.secret.key, facts.project);
    const hasPlans = facts.project.plans !== null;
    if (ownLimits.length === 0 && !hasPlans) return UNLIMITED;
    const states = rejectOnThrow(() =>
      chain(hasPlans ? this.#chargeOf(check, facts) : null, (charge) =>
        this.#stateOf(withPlan(ownLimits, charge)),
      ),
    );
    return states instanceof Promise
      ? withTimeout(LIMIT_STATES_TIMEOUT_MS, states, "").catch(() => UNLIMITED)
      : states;
  }

  #stateOf(limits: readonly Limit[]): MaybePromise<LimitStates> {
    if (limits.length === 0) return UNLIMITED;
    const look = { limits, cost: 0, nowMs: this.#options.now(), consume: false };
    return chain(this.#options.limiter.take(look), (counted) => limitStates(counted, this.#options.now()));
  }

  /** An older secret ends by the clock of the process that ended it, even if this machine's clock is behind. */
  #nowFor({ overlapEndsAt }: SecretFacts): number {
    return overlapEndsAt === null ? this.#options.now() : this.#options.latest();
  }
}

/** The limits of key and project, and those of the plan. All are counted together. */
function withPlan(ownLimits: readonly Limit[], charge: PlanCharge | null): readonly Limit[] {
  if (charge === null || charge.limits.length === 0) return ownLimits;
  return ownLimits.length === 0 ? charge.limits : [...ownLimits, ...charge.limits];
}
