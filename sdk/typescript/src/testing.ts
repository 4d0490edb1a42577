import { VerdictUnavailableError } from "./errors.ts";
import type { Check, DenialCode, DeniedVerdict, KeyVerifier, Outcome, ValidVerdict } from "./verdict.ts";

/** What a fake answers for one key: a code to deny with, or fields of a valid verdict. */
export type FakeKey = DenialCode | Partial<Omit<ValidVerdict, "valid" | "code">>;

/** Verifies keys from a list instead of asking a verifier. For tests of a service. */
export class FakeLatchkey implements KeyVerifier {
  /** Every check, oldest first. */
  readonly checks: Check[] = [];
  /** Set to true to fail as if no verifier could be reached. */
  isUnavailable = false;
  readonly #keys: Map<string, FakeKey>;

  /** `keys` maps the text that a caller sends to what is answered. Any other key is `KEY_NOT_FOUND`. */
  constructor(keys: Record<string, FakeKey> = {}) {
    this.#keys = new Map(Object.entries(keys));
  }

  async verify(check: Check): Promise<Outcome> {
    this.checks.push(check);
    if (this.isUnavailable) throw new VerdictUnavailableError("The fake is unavailable.");
    const requestId = `req_fake${this.checks.length}`;
    if (!check.key) return denied("KEY_MISSING", requestId);
    const fake = this.#keys.get(check.key) ?? "KEY_NOT_FOUND";
    return typeof fake === "string" ? denied(fake, requestId) : valid(fake, check, requestId);
  }
}

function denied(code: DenialCode, requestId: string): DeniedVerdict {
  const verdict: DeniedVerdict = {
    valid: false,
    code,
    message: `The fake denies with ${code}.`,
    requestId,
    observed: {},
  };
  const isLimit = code === "RATE_LIMITED" || code === "QUOTA_EXCEEDED";
  return isLimit ? { ...verdict, retryAfterMs: 1_000, rateLimit: null, quota: null } : verdict;
}

function valid(fake: Exclude<FakeKey, string>, check: Check, requestId: string): ValidVerdict {
  return {
    keyId: "key_fake",
    secretId: "sec_fake",
    projectId: "prj_fake",
    name: "fake key",
    environment: "test",
    api: check.api ?? "fake",
    operation: check.operation ?? null,
    metadata: {},
    description: "",
    tags: [],
    externalId: null,
    scopes: [],
    expiresAt: null,
    rotation: null,
    rateLimit: null,
    quota: null,
    ...fake,
    valid: true,
    code: "VALID",
    requestId,
  };
}
