import { z } from "zod";
import { meetsRequired, requiredScopesOf } from "#core/api-scopes/required.ts";
import { type CheckRequest, NO_SCOPES } from "#core/check.ts";
import { type Client, NO_CLIENT } from "#core/client.ts";
import { decide } from "#core/decide.ts";
import type { SecretFacts, UnknownFacts } from "#core/facts.ts";
import { newId } from "#core/ids.ts";
import { type CompiledApi, matchesOperation } from "#core/restrictions/apis.ts";
import { acceptedPrefixes } from "#core/tokens.ts";
import { deniedVerdictSchema, type Verdict, validVerdictSchema } from "#core/verdict-schema.ts";
import { clientKey, countInWindow } from "#domain/access/accounts/throttle.ts";
import { isVisibleToProject } from "#domain/catalog/apis/visibility.ts";
import { type Ctx, ipAddressOf, type Verb } from "#domain/context.ts";
import { invalid } from "#domain/errors.ts";
import { recordTriedKey } from "#domain/projects/tried-keys.ts";
import type { ApiFacts } from "#engine/cache/compile-facts.ts";
import { loadApi, loadProject, loadSecret } from "#engine/cache/load-facts.ts";
import { credentialOf } from "#engine/check/check.ts";
import { checkInputFields, checkInputSchema } from "#engine/check/check-input.ts";
import { loadShapes } from "#engine/imports/load-imports.ts";
import { getEngine } from "./engine.ts";
import { evaluateOnly } from "./evaluate-only.ts";
import { HttpError } from "./problem.ts";

export const tryKeySchema = z.strictObject({
  key: checkInputSchema.shape.key,
  api: checkInputFields.api,
  operation: checkInputFields.operation,
  /** Method and path instead of the operation, as in a verification: both or neither. */
  method: checkInputFields.method,
  path: checkInputFields.path,
  /** What a website or app would send; the portal adds the IP address that it sees. */
  referrer: checkInputFields.referrer,
  origin: checkInputFields.origin,
  androidPackage: checkInputFields.androidPackage,
  androidCertSha1: checkInputFields.androidCertSha1,
  iosBundleId: checkInputFields.iosBundleId,
});
type TryKeyInput = z.output<typeof tryKeySchema>;
type Call = NonNullable<CheckRequest["call"]>;

const WINDOW_MS = 60_000;
const TRIES_PER_WINDOW = 30;

/**
 * A verdict for the holder of the secret, who may not be its owner: without the key's identity and remaining quota.
 */
export const triedKeySchema = z
  .discriminatedUnion("valid", [
    validVerdictSchema.pick({
      valid: true,
      code: true,
      requestId: true,
      environment: true,
      api: true,
      operation: true,
      scopes: true,
      expiresAt: true,
      rotation: true,
    }),
    deniedVerdictSchema.pick({
      valid: true,
      code: true,
      message: true,
      requestId: true,
      observed: true,
      retryAfterMs: true,
    }),
  ])
  .meta({ id: "Tried" });
type TriedKey = z.output<typeof triedKeySchema>;

/**
 * Shows the holder of a secret its verdict. The same rules as a verification, with fresh data. It counts nothing, but
 * records that a key of the project works. It reveals nothing that the holder could not find out by calling a service.
 * Limited to 30 requests a minute per IPv4 address or IPv6 subnet.
 */
export async function tryKey(call: Verb<TryKeyInput>): Promise<TriedKey> {
  const verdict = await evaluate(call);
  if (verdict.valid) {
    await recordTriedKey(call.ctx.db, verdict.projectId, call.ctx.now());
    const { valid, code, requestId, environment, api, operation, scopes, expiresAt, rotation } = verdict;
    return { valid, code, requestId, environment, api, operation, scopes, expiresAt, rotation };
  }
  const { valid, code, requestId, message, observed, retryAfterMs } = verdict;
  return {
    valid,
    code,
    requestId,
    message,
    observed,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

async function evaluate({ ctx, input }: Verb<TryKeyInput>): Promise<Verdict> {
  await countTry(ctx);
  const call = callOf(input);
  const requestId = newId("request");
  const deny = (facts: UnknownFacts) =>
    decide(
      facts,
      { requestId, api: "", operation: null, call: null, cost: 1, ...NO_SCOPES, client: NO_CLIENT },
      ctx.now(),
    );
  const tokenShapes = await loadShapes(ctx.db);
  const credential = credentialOf({ keyPrefixes: acceptedPrefixes(ctx.settings), tokenShapes }, input.key);
  if ("credential" in credential) return deny(credential);
  const { hash, imported } = credential;
  const known = await loadSecret(ctx.db, hash);
  // Slow comparisons count against those of this process.
  const mustSearch = imported !== undefined && (known === null || known.unconfirmedSince !== null);
  const secret = mustSearch ? await (await getEngine()).imports.find(hash, imported, known) : known;
  if (secret === "busy") return deny({ credential: "unverified" });
  const project = secret && (await loadProject(ctx.db, secret.key.projectId));
  if (!secret || !project) return deny({ credential: "unknown" });
  if (!secret.enforceable) {
    throw new HttpError(503, "This key has restrictions that this version does not support.");
  }
  const requested = await requestedCall(ctx, { ...input, call }, secret, [...project.enabledApis].sort());
  const api = project.plans?.has(requested.api) ? await loadApi(ctx.db, requested.api, ctx.now()) : null;
  const request = { requestId, cost: 1, client: clientOf(ctx, input), ...requested };
  const verdict = await evaluateOnly({ credential: "known", secret, project }, { request, api }, ctx.now());
  if (verdict.code !== "API_NOT_ENABLED" || requested.api !== "") return verdict;
  return { ...verdict, message: "Enable an API for this key's project first.", observed: {} };
}

/** The client as a service would describe it. */
function clientOf({ actor }: Ctx, input: TryKeyInput): Client {
  const { referrer, origin, androidPackage, androidCertSha1, iosBundleId } = input;
  return {
    clientIp: actor.kind === "system" ? null : actor.ipAddress,
    referrer: referrer || null,
    origin: origin || null,
    androidPackage: androidPackage || null,
    androidCertSha1: androidCertSha1 || null,
    iosBundleId: iosBundleId || null,
  };
}

/** The request's method and path, if given. */
function callOf({ method, path }: TryKeyInput): Call | null {
  if (method && path) return { method, path };
  if ((method === undefined) === (path === undefined)) return null;
  throw invalid(method === undefined ? "method" : "path", "Send method and path together.");
}

/** The request to evaluate; by default, a request that the key may make. */
async function requestedCall(
  ctx: Ctx,
  input: TryKeyInput & { call: Call | null },
  { key: { restrictions, projectId } }: SecretFacts,
  enabled: string[],
) {
  const callable = enabled.filter((slug) => restrictions.apis?.has(slug) ?? true);
  const slug = input.api || (callable[0] ?? enabled[0]);
  const { call } = input;
  if (!slug) return { api: "", operation: null, call, ...NO_SCOPES };
  const api = await loadApi(ctx.db, slug);
  if (!api || !(await isVisibleToProject(ctx.db.read, ctx, projectId, slug)))
    throw invalid("api", `There is no API “${slug}”.`);
  const requestFor = (operation: string | null) => ({
    api: slug,
    operation,
    call,
    requiredScopes: requiredScopesOf(api.scopes, operation, []),
    apiScopes: api.scopes?.declared ?? [],
  });
  if (input.operation) return requestFor(input.operation);
  if (call) return requestFor(api.findOperation(call.method, call.path));
  const allowed = restrictions.apis?.get(slug);
  return requestFor(allowed ? exampleOf(api, allowed) : null);
}

/** An operation that the key may call; null if it needs none to pass. */
function exampleOf({ operations, scopes }: ApiFacts, allowed: CompiledApi): string | null {
  const { operations: patterns, scopes: held } = allowed;
  if (patterns.length === 0 && held === null) return null;
  const isGranted = (name: string) => {
    const required = requiredScopesOf(scopes, name, []);
    return held === null || required === null || meetsRequired(required, held.set);
  };
  const isListed = (name: string) =>
    patterns.length === 0 || patterns.some((pattern) => matchesOperation(pattern, name));
  const example = [...operations].find((name) => isListed(name) && isGranted(name));
  return example ?? patterns.find((pattern) => !pattern.endsWith("*")) ?? null;
}

/** Throws `too-many` if an IP address sent too many requests. */
function countTry(ctx: Ctx): Promise<void> {
  const ipAddress = ipAddressOf(ctx);
  const rate = {
    subject: `key try:${ipAddress === null ? "unknown" : clientKey(ipAddress)}`,
    limit: TRIES_PER_WINDOW,
    windowMs: WINDOW_MS,
    message: "Too many attempts from this IP address. Try again in a minute.",
  };
  return countInWindow(ctx.db, rate, ctx.now());
}
