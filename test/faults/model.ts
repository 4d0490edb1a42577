/**
 * A second implementation of the rules for tokens, verdicts, restrictions and limits, as simple as possible: linear searches, nothing
 * cached, nothing compiled. It shares no code with the product that it is compared with.
 */

import type { HashAlgorithm } from "#core/token-shape.ts";
import { Limited, type ModelLimits } from "./model-limits.ts";

/** A plan of an API. */
export interface ModelPlan {
  /** By operation; 1 for any other. */
  units: Record<string, number>;
  /** Of all operations, and of the operation `write`. */
  all: ModelLimits;
  write: ModelLimits;
}

const NO_LIMITS: ModelLimits = { rate: null, quota: null };

export class ModelProject extends Limited {
  suspended = false;
  readonly apis = new Set<string>();
  /** By API. */
  readonly plans = new Map<string, ModelPlan>();
  /** What the limits of plans count, by API. They outlive the plans: a change of plan gives no new quota. */
  readonly planned = new Map<string, { all: Limited; write: Limited }>();

  setPlan(api: string, plan: ModelPlan | null, nowMs: number, countedSinceMs: number): void {
    if (plan) this.plans.set(api, plan);
    else this.plans.delete(api);
    const { all, write } = this.#plannedOf(api);
    all.setLimits(plan?.all ?? NO_LIMITS, nowMs, countedSinceMs);
    write.setLimits(plan?.write ?? NO_LIMITS, nowMs, countedSinceMs);
    // What was used while the limit did not exist counts too.
    for (const one of [all, write]) one.recountQuotas();
  }

  /** What counts a check, besides the project itself. */
  plannedFor({ api, operation }: Pick<ModelCheck, "api" | "operation">): Limited[] {
    const { all, write } = this.#plannedOf(api);
    return operation === "write" ? [all, write] : [all];
  }

  /** What a check takes from all limits. */
  unitsOf({ api, operation, cost }: Pick<ModelCheck, "api" | "operation" | "cost">): number {
    return cost * (this.plans.get(api)?.units[operation ?? ""] ?? 1);
  }

  #plannedOf(api: string): { all: Limited; write: Limited } {
    const known = this.planned.get(api) ?? { all: new Limited(), write: new Limited() };
    this.planned.set(api, known);
    return known;
  }
}

export interface ModelSecret {
  id: string;
  token: string;
  lapsesAtMs: number | null;
  /** How it was imported, until its first use is stored; null if its SHA-256 is known. */
  waits: HashAlgorithm | null;
}

const SLOW: readonly (HashAlgorithm | null)[] = ["bcrypt", "argon2id", "scrypt"];

/** The slow comparisons of a verifier. */
export class ModelComparisons {
  #times: number[] = [];

  /**
   * A check with this secret at a verifier. Returns whether the answer may be to try again: only if there were at least five
   * such checks since a second before its last comparison, which is at most half a second old.
   */
  mayPostpone({ waits }: ModelSecret, nowMs: number): boolean {
    if (!SLOW.includes(waits)) return false;
    this.#times = [...this.#times.filter((atMs) => atMs > nowMs - 1_500), nowMs];
    return this.#times.length > 5;
  }
}

/** An API that a key may call. Without scopes, it has all of them. */
export interface ModelApi {
  api: string;
  operations: string[];
  scopes?: string[];
}

/** Restrictions of a key; an empty list restricts nothing. */
export interface ModelRules {
  /** Operations by API; an empty list allows all of them. */
  apis: ModelApi[];
  /** Prefixes of allowed IP addresses, such as `10.1.`. */
  networks: string[];
  referrers: RegExp[];
  apps: string[];
}

/** What the verdict on a key depends on, besides the secret and the limits. */
export interface KeyState {
  enabled: boolean;
  revokedAtMs: number | null;
  expiresAtMs: number | null;
  rules: ModelRules;
  /** Report-only restrictions: evaluated and counted for valid checks, never enforced. */
  trial: ModelRules | null;
  project: { suspended: boolean; apis: ReadonlySet<string> };
}

export class ModelKey extends Limited implements KeyState {
  enabled = true;
  revokedAtMs: number | null = null;
  expiresAtMs: number | null = null;
  rules: ModelRules = { apis: [], networks: [], referrers: [], apps: [] };
  trial: ModelRules | null = null;
  /** Oldest first; the last is current. */
  readonly secrets: ModelSecret[];
  readonly id: string;
  readonly project: ModelProject;

  constructor(id: string, project: ModelProject, secret: ModelSecret) {
    super();
    this.id = id;
    this.project = project;
    this.secrets = [secret];
  }

  /** A snapshot, for a verifier that does not learn of later changes. */
  get state(): KeyState {
    const { enabled, revokedAtMs, expiresAtMs, rules, trial } = this;
    const { suspended, apis } = this.project;
    return structuredClone({ enabled, revokedAtMs, expiresAtMs, rules, trial, project: { suspended, apis } });
  }

  rotate(next: ModelSecret, overlapSeconds: number, nowMs: number): void {
    for (const secret of this.secrets) {
      if (secret.lapsesAtMs === null) secret.lapsesAtMs = nowMs + overlapSeconds * 1_000;
      else secret.lapsesAtMs = Math.min(secret.lapsesAtMs, nowMs);
    }
    this.secrets.push(next);
  }

  get isRevoked(): boolean {
    return this.revokedAtMs !== null;
  }
}

export interface ModelCheck {
  api: string;
  operation: string | undefined;
  clientIp: string | undefined;
  referrer: string | undefined;
  app: "ios" | "android" | "forged" | undefined;
  cost: number;
  /** What the service asks for. */
  requiredScopes: string[] | undefined;
  /** What the operation needs: all of one of these lists; undefined for an operation that no API lists. */
  neededScopes: string[][] | undefined;
}

/** The denial code by the restrictions, in the documented order; null when they allow the check. */
function violatedRestriction(
  { apis, networks, referrers, apps }: ModelRules,
  check: ModelCheck,
): string | null {
  const { api, operation, clientIp, referrer, app } = check;
  if (apis.length > 0) {
    const allowed = apis.find((entry) => entry.api === api);
    if (!allowed) return "API_NOT_ALLOWED";
    const { operations } = allowed;
    if (operations.length > 0 && !(operation && operations.includes(operation)))
      return "OPERATION_NOT_ALLOWED";
    if (allowed.scopes && !hasScopes(allowed.scopes, check)) return "SCOPE_NOT_GRANTED";
  }
  if (networks.length > 0) {
    if (clientIp === undefined) return "CLIENT_IP_UNKNOWN";
    if (!networks.some((network) => clientIp.startsWith(network))) return "IP_NOT_ALLOWED";
  }
  if (referrers.length > 0 && !(referrer && referrers.some((pattern) => pattern.test(referrer))))
    return "REFERRER_NOT_ALLOWED";
  if (apps.length > 0 && !(app && apps.includes(app))) return "APP_NOT_ALLOWED";
  return null;
}

function hasScopes(held: string[], { requiredScopes, neededScopes }: ModelCheck): boolean {
  const has = (scopes: string[]) => scopes.every((scope) => held.includes(scope));
  if (requiredScopes && !has(requiredScopes)) return false;
  return neededScopes ? neededScopes.some(has) : requiredScopes !== undefined;
}

/** The denial code by any rule except limits, in the documented order; null when none applies. */
function denialCode(key: KeyState, secret: ModelSecret, check: ModelCheck, nowMs: number): string | null {
  if (key.revokedAtMs !== null) return "KEY_REVOKED";
  if (!key.enabled) return "KEY_DISABLED";
  if (key.expiresAtMs !== null && nowMs >= key.expiresAtMs) return "KEY_EXPIRED";
  if (secret.lapsesAtMs !== null && nowMs >= secret.lapsesAtMs) return "KEY_ROTATED";
  if (key.project.suspended) return "PROJECT_SUSPENDED";
  if (!key.project.apis.has(check.api)) return "API_NOT_ENABLED";
  return violatedRestriction(key.rules, check);
}

/**
 * Every code that the rules allow for this check; more than one only where a rate limit is not exact. `state` is
 * what the verifier knows of the key, if that is not its current state.
 */
export function allowedCodes(
  key: ModelKey,
  secret: ModelSecret,
  check: ModelCheck,
  nowMs: number,
  state: KeyState = key,
): string[] {
  const denied = denialCode(state, secret, check, nowMs);
  if (denied !== null) return [denied];
  const limited = limitedBy(key, check);
  const units = key.project.unitsOf(check);
  const rates = limited.map((one) => one.rateDenies(units, nowMs));
  const fits = limited.map((one) => one.quotaLeft(nowMs)).every((left) => left >= units);
  if (rates.includes("must")) return ["RATE_LIMITED"];
  return [fits ? "VALID" : "QUOTA_EXCEEDED", ...(rates.includes("may") ? ["RATE_LIMITED"] : [])];
}

/** The code by the key's report-only restrictions for a check that passed; null without any. */
export function reportOnlyCode({ trial }: KeyState, check: ModelCheck): string | null {
  return trial && (violatedRestriction(trial, check) ?? "VALID");
}

/** Whose limits count a check. */
export function limitedBy(key: ModelKey, check: Pick<ModelCheck, "api" | "operation">): Limited[] {
  return [key, key.project, ...key.project.plannedFor(check)];
}

/** Takes a passed check's units from all limits. */
export function consume(key: ModelKey, check: ModelCheck, atMs: number): void {
  for (const one of limitedBy(key, check)) one.consume(key.project.unitsOf(check), atMs);
}
