import { requiredScopesOf } from "#core/api-scopes/required.ts";
import type { CheckRequest } from "#core/check.ts";
import type { ReportOnlyVerdict } from "#core/decide.ts";
import type { LimitStates } from "#core/limits/evaluate.ts";
import { type MalformedKeyReason, malformedKeyReason } from "#core/malformed-key.ts";
import { type DeclaredShape, shapesOf } from "#core/token-shape.ts";
import { hashToken, type Prefixes, secretKind } from "#core/tokens.ts";
import type { Verdict } from "#core/verdict-schema.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";
import type { ServiceTokenFacts } from "../cache/load-facts.ts";
import type { CheckInput } from "./check-input.ts";

/** Receives every verdict, and every request that failed without one. */
export interface CheckObserver {
  answered(code: string, api: string, keyId: string | undefined): void;
  failed(status: number, error: unknown, requestId: string): void;
}

/** One check on its way through the engine: who asks about what, and who observes the verdict. */
export interface Check {
  /** The call to evaluate; carries the request id. */
  readonly request: CheckRequest;
  readonly credential: Credential;
  /** Null if the caller itself exchanges its key for an access token. */
  readonly service: ServiceTokenFacts | null;
  readonly api: ApiFacts;
  readonly observer: CheckObserver;
  /** Whether a denial reports the state of the limits too. */
  readonly reportLimits: boolean;
}

/** A verdict, with what only the usage counts need. */
export interface CheckResult {
  check: Check;
  verdict: Verdict;
  /** The verdict of the key's report-only restrictions on a call that passed. */
  trial: ReportOnlyVerdict | null;
  /** What an allowed call takes from its limits: its cost, times the units of its operation in the project's plan. */
  units: number;
  /** Empty if no secret is known. Denials don't return it but are counted by it. */
  secretId: string;
  /** The state of the limits. Also set for a denial if `reportLimits`. */
  limits: LimitStates;
}

/** What was sent as a key: the SHA-256 of a secret, or why it can't be one. */
export type Credential =
  | {
      hash: string;
      /** For a text that is no token of this deployment: the declared shapes that it has. */
      imported?: { token: string; shapes: readonly DeclaredShape[] };
    }
  | { credential: "missing" }
  | { credential: "malformed"; malformedReason: MalformedKeyReason | null };

/** Reads a key as sent, ignoring surrounding white space. Malformed keys are detected without a look-up. */
export function credentialOf(
  { keyPrefixes, tokenShapes }: TokenFormats,
  key: string | null | undefined,
): Credential {
  const sent = key?.trim();
  if (!sent) return { credential: "missing" };
  if (secretKind(keyPrefixes, sent) !== null) return { hash: hashToken(sent) };
  const shapes = tokenShapes.length > 0 ? shapesOf(tokenShapes, keyPrefixes, sent) : [];
  if (shapes.length > 0) return { hash: hashToken(sent), imported: { token: sent, shapes } };
  return { credential: "malformed", malformedReason: malformedKeyReason(keyPrefixes, sent) };
}

/** The formats of the tokens that are accepted. */
export interface TokenFormats {
  /** The prefixes of tokens of this deployment. */
  keyPrefixes: Prefixes;
  /** The declared formats of imported tokens. */
  tokenShapes: readonly DeclaredShape[];
}

const NO_SCOPES: readonly string[] = [];

/** What is asked besides the credential. */
type PartialInput = Omit<CheckInput, "key" | "api" | "cost"> & { cost?: number | undefined };

/** The request in the core's terms. Without an operation name, method and path select the operation. */
export function requestOf(input: PartialInput, api: ApiFacts, requestId: string): CheckRequest {
  const { method, path, requiredScopes: asked } = input;
  const call = method && path ? { method, path } : null;
  const operation = input.operation || (call && api.findOperation(call.method, call.path));
  const { scopes } = api;
  return {
    requestId,
    api: api.slug,
    operation,
    call,
    cost: input.cost ?? 1,
    requiredScopes:
      scopes === null && !asked?.length
        ? null
        : requiredScopesOf(scopes, operation, asked ?? NO_SCOPES, call !== null),
    apiScopes: scopes === null ? NO_SCOPES : scopes.declared,
    client: {
      clientIp: input.clientIp || null,
      referrer: input.referrer || null,
      origin: input.origin || null,
      androidPackage: input.androidPackage || null,
      androidCertSha1: input.androidCertSha1 || null,
      iosBundleId: input.iosBundleId || null,
    },
  };
}
