/**
 * The contract's sections 2, 3, 5 and 6 once more, as simply as they can be said: lists that are gone through
 * from the front, nothing cached, nothing compiled. It shares no code with what it is held against.
 */

export interface ModelRate {
  limit: number;
  windowSeconds: number;
}

export interface ModelQuota {
  limit: number;
  period: "day" | "month";
}

export interface ModelLimits {
  rate: ModelRate | null;
  quota: ModelQuota | null;
}

interface Passed {
  atMs: number;
  units: number;
}

/** Whoever has limits, and what has passed under them. */
export class Limited {
  limits: ModelLimits = { rate: null, quota: null };
  readonly passed: Passed[] = [];
  /** Until then a rate may refuse too much or too little: it was just set, or its counter was lost. */
  unsureUntilMs = Number.NEGATIVE_INFINITY;
  /** A quota begins with what passed before it in its period, and counts for as long as it is set. */
  readonly #quotas = new Map<ModelQuota["period"], { startMs: number; used: number }>();

  setLimits(limits: ModelLimits, nowMs: number): void {
    this.#unsureFor(this.limits.rate, nowMs);
    this.limits = limits;
    this.#unsureFor(limits.rate, nowMs);
  }

  /** The counter is gone, and made anew from figures that know whole minutes and hours. */
  loseCounter(nowMs: number): void {
    // Read from the figures by the first call within a window, and then for a window too full.
    this.#unsureFor(this.limits.rate, nowMs, 2);
    this.#quotas.clear();
  }

  consume(units: number, atMs: number): void {
    const counter = this.#quotaAt(atMs);
    if (counter) counter.used += units;
    this.passed.push({ atMs, units });
  }

  /** Whether the rate refuses: it must, it may (its log keeps sixtieths of the window together), or it must not. */
  rateRefuses(cost: number, nowMs: number): "must" | "may" | "never" {
    const { rate } = this.limits;
    if (rate === null) return "never";
    if (nowMs < this.unsureUntilMs) return "may";
    const windowMs = rate.windowSeconds * 1_000;
    if (this.#unitsSince(nowMs - windowMs) + cost > rate.limit) return "must";
    return this.#unitsSince(nowMs - windowMs * (1 + 1 / 60) - 1) + cost > rate.limit ? "may" : "never";
  }

  /** At least and at most so much is left of the rate; infinite without one, and null where that is unsure. */
  rateLeft(nowMs: number): [least: number, most: number] | null {
    const { rate } = this.limits;
    if (rate === null) return [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    if (nowMs < this.unsureUntilMs) return null;
    const windowMs = rate.windowSeconds * 1_000;
    const [most, least] = [windowMs, windowMs * (1 + 1 / 60) + 1].map((spanMs) =>
      Math.max(0, rate.limit - this.#unitsSince(nowMs - spanMs)),
    ) as [number, number];
    return [least, most];
  }

  /** What is left of the quota's period; infinite without a quota. */
  quotaLeft(nowMs: number): number {
    const counter = this.#quotaAt(nowMs);
    return counter && this.limits.quota ? this.limits.quota.limit - counter.used : Number.POSITIVE_INFINITY;
  }

  #quotaAt(nowMs: number) {
    const { quota } = this.limits;
    if (quota === null) return null;
    const now = new Date(nowMs);
    const day = quota.period === "day" ? now.getUTCDate() : 1;
    const startMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day);
    const known = this.#quotas.get(quota.period);
    if (known?.startMs === startMs) return known;
    const begun = { startMs, used: this.#unitsSince(startMs - 1) };
    this.#quotas.set(quota.period, begun);
    return begun;
  }

  #unitsSince(ms: number): number {
    return this.passed.filter(({ atMs }) => atMs > ms).reduce((sum, { units }) => sum + units, 0);
  }

  #unsureFor(rate: ModelRate | null, nowMs: number, windows = 1): void {
    const forMs = windows * (rate?.windowSeconds ?? 0) * 1_000;
    if (rate) this.unsureUntilMs = Math.max(this.unsureUntilMs, nowMs + forMs);
  }
}

export class ModelProject extends Limited {
  suspended = false;
  readonly apis = new Set<string>();
}

export interface ModelSecret {
  id: string;
  token: string;
  lapsesAtMs: number | null;
}

/** What a call has to keep to; an empty list restricts nothing. */
export interface ModelRules {
  /** By API, its operations; no operations: all of it. */
  apis: { api: string; operations: string[] }[];
  /** Prefixes of addresses that may call, such as `10.1.`. */
  networks: string[];
  referrers: RegExp[];
  apps: string[];
}

/** What the verdict on a key hangs on, besides the secret and what has passed. */
export interface KeyState {
  enabled: boolean;
  revokedAtMs: number | null;
  expiresAtMs: number | null;
  rules: ModelRules;
  /** Judged where a call passed, and counted, and nothing more. */
  trial: ModelRules | null;
  project: { suspended: boolean; apis: ReadonlySet<string> };
}

export class ModelKey extends Limited implements KeyState {
  enabled = true;
  revokedAtMs: number | null = null;
  expiresAtMs: number | null = null;
  rules: ModelRules = { apis: [], networks: [], referrers: [], apps: [] };
  trial: ModelRules | null = null;
  /** The current one last. */
  readonly secrets: ModelSecret[];
  readonly id: string;
  readonly project: ModelProject;

  constructor(id: string, project: ModelProject, secret: ModelSecret) {
    super();
    this.id = id;
    this.project = project;
    this.secrets = [secret];
  }

  /** As it stands now, for whoever does not learn of what comes. */
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
}

/** The refusal by a set of rules, in the contract's order; null where they let the call through. */
function brokenRule({ apis, networks, referrers, apps }: ModelRules, check: ModelCheck): string | null {
  const { api, operation, clientIp, referrer, app } = check;
  if (apis.length > 0) {
    const allowed = apis.find((entry) => entry.api === api);
    if (!allowed) return "API_NOT_ALLOWED";
    const { operations } = allowed;
    if (operations.length > 0 && !(operation && operations.includes(operation)))
      return "OPERATION_NOT_ALLOWED";
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

/** The refusal by any rule but a limit, in the contract's order; null when only limits are left. */
function refusal(key: KeyState, secret: ModelSecret, check: ModelCheck, nowMs: number): string | null {
  if (key.revokedAtMs !== null) return "KEY_REVOKED";
  if (!key.enabled) return "KEY_DISABLED";
  if (key.expiresAtMs !== null && nowMs >= key.expiresAtMs) return "KEY_EXPIRED";
  if (secret.lapsesAtMs !== null && nowMs >= secret.lapsesAtMs) return "KEY_ROTATED";
  if (key.project.suspended) return "PROJECT_SUSPENDED";
  if (!key.project.apis.has(check.api)) return "API_NOT_ENABLED";
  return brokenRule(key.rules, check);
}

/**
 * Every code that the contract allows for this check; more than one only where a rate is not exact. `state` is
 * what the verifier knows of the key, where that is not what there is.
 */
export function allowedCodes(
  key: ModelKey,
  secret: ModelSecret,
  check: ModelCheck,
  nowMs: number,
  state: KeyState = key,
): string[] {
  const refused = refusal(state, secret, check, nowMs);
  if (refused !== null) return [refused];
  const limited: Limited[] = [key, key.project];
  const rates = limited.map((one) => one.rateRefuses(check.cost, nowMs));
  const fits = limited.map((one) => one.quotaLeft(nowMs)).every((left) => left >= check.cost);
  if (rates.includes("must")) return ["RATE_LIMITED"];
  return [fits ? "VALID" : "QUOTA_EXCEEDED", ...(rates.includes("may") ? ["RATE_LIMITED"] : [])];
}

/** What the key's trial set says of a call that passed; null without one. */
export function triedCode({ trial }: KeyState, check: ModelCheck): string | null {
  return trial && (brokenRule(trial, check) ?? "VALID");
}

/** What a check that passed has taken. */
export function consume(key: ModelKey, units: number, atMs: number): void {
  for (const one of [key, key.project]) one.consume(units, atMs);
}
