import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { KeyFacts } from "#core/facts.ts";
import { newId } from "#core/ids.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { explainRestrictions } from "#core/restrictions/explain.ts";
import { SET_ERRORS } from "#core/restrictions/messages.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { deniedVerdictSchema, ruleOutcomeSchema, validVerdictSchema } from "#core/verdict-schema.ts";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "#domain/access/project-access.ts";
import { isVisibleToProject } from "#domain/catalog/apis/visibility.ts";
import type { Ctx, Verb } from "#domain/context.ts";
import { DomainError, invalid, notFound } from "#domain/errors.ts";
import { idSchema, slugSchema } from "#domain/fields.ts";
import { mustFindKey } from "#domain/keys/find.ts";
import { restrictionsInputSchema } from "#domain/keys/restrictions/schema.ts";
import { apisOf, canonicalRestrictions } from "#domain/keys/restrictions/stored.ts";
import { loadApi, loadProject } from "#engine/cache/load-facts.ts";
import { requestOf } from "#engine/check/check.ts";
import { type CheckInput, checkInputFields, readCheckInput } from "#engine/check/check-input.ts";
import { evaluateOnly } from "./evaluate-only.ts";

const callFields = { projectId: idSchema, ...checkInputFields, api: slugSchema };

export const simulateSchema = z.strictObject({
  ...callFields,
  keyId: idSchema,
  /** A draft; by default the key's own restrictions. */
  restrictions: restrictionsInputSchema.optional(),
});
type SimulateInput = z.output<typeof simulateSchema>;

export const simulateNewKeySchema = z.strictObject({ ...callFields, restrictions: restrictionsInputSchema });
type SimulateNewKeyInput = z.output<typeof simulateNewKeySchema>;

const rules = z.array(ruleOutcomeSchema);

/** The verdict on a simulated request, and the outcome of each kind of restriction. */
export const simulatedSchema = z
  .discriminatedUnion("valid", [validVerdictSchema.extend({ rules }), deniedVerdictSchema.extend({ rules })])
  .meta({ id: "Simulated" });
type Simulated = z.output<typeof simulatedSchema>;

/**
 * The verdict on a request with the key's current secret, under its own restrictions or a draft. The same rules as a
 * verification, with fresh data; consumes, counts and stores nothing. Throws `invalid` for a draft that can't be
 * saved.
 */
export async function simulate({ ctx, input }: Verb<SimulateInput>): Promise<Simulated> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const key = await mustFindKey(scope, input);
  const { projectId, keyId: _, restrictions: given, ...call } = input;
  const set = given
    ? await canonicalRestrictions(scope, { projectId, given, before: apisOf(key) })
    : key.restrictions;
  return evaluateCall(ctx, { key, secretId: await currentSecretId(scope, key.id), set, call });
}

/** The same for a key that does not exist yet: without id, limits and end. */
export async function simulateNewKey({ ctx, input }: Verb<SimulateNewKeyInput>): Promise<Simulated> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "developer");
  const { projectId, restrictions: given, ...call } = input;
  const set = await canonicalRestrictions(scope, { projectId, given });
  return evaluateCall(ctx, { key: { ...NEW_KEY, projectId }, secretId: "", set, call });
}

/** A key without its restriction sets. */
type BareKey = Omit<KeyFacts, "restrictions" | "reportOnly">;

const NEW_KEY: Omit<BareKey, "projectId"> = {
  id: "",
  name: "",
  environment: "live",
  metadata: {},
  description: "",
  tags: [],
  externalId: null,
  enabled: true,
  revokedAt: null,
  expiresAt: null,
  limits: null,
};

interface Call {
  key: BareKey;
  secretId: string;
  /** In canonical form. */
  set: Restrictions;
  call: Omit<CheckInput, "key"> & { api: string };
}

async function evaluateCall(ctx: Ctx, { key, secretId, set, call }: Call): Promise<Simulated> {
  const read = readCheckInput({ ...call, key: "simulated" });
  if ("errors" in read)
    throw new DomainError("invalid", SET_ERRORS["call-shape"].message, { errors: read.errors });
  const [project, api, isVisible] = await Promise.all([
    loadProject(ctx.db, key.projectId, ctx.now()),
    loadApi(ctx.db, call.api, ctx.now()),
    isVisibleToProject(ctx.db.read, ctx, key.projectId, call.api),
  ]);
  if (!project) throw notFound("project");
  if (!api || !isVisible)
    throw invalid(
      "api",
      SET_ERRORS["call-api"].message.replace("{api}", () => call.api),
    );
  const request = requestOf(read.input, api, newId("request"));
  const keyFacts = { ...key, restrictions: mustCompile(set), reportOnly: null };
  const secret = { secretId, overlapEndsAt: null, key: keyFacts };
  const verdict = await evaluateOnly({ credential: "known", secret, project }, { request, api }, ctx.now());
  return { ...verdict, rules: explainRestrictions(set, request) };
}

async function currentSecretId({ q, t }: Scope, keyId: string): Promise<string> {
  const [secret] = await q
    .select({ id: t.secrets.id })
    .from(t.secrets)
    .where(and(eq(t.secrets.keyId, keyId), isNull(t.secrets.overlapEndsAt)))
    .orderBy(desc(t.secrets.createdAt))
    .limit(1);
  return secret?.id ?? "";
}

/**
 * Throws `conflict` for a set that can't be parsed, for example one edited in the database: verifications get no
 * verdict either.
 */
function mustCompile(set: Restrictions) {
  try {
    return compileRestrictions(set);
  } catch {
    throw new DomainError("conflict", SET_ERRORS.stored.message);
  }
}
