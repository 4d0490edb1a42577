import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { decide } from "#core/decide.ts";
import type { SecretFacts } from "#core/facts.ts";
import { newId } from "#core/ids.ts";
import { compileRestrictions } from "#core/restrictions/compile.ts";
import { explainRestrictions, type RuleOutcome } from "#core/restrictions/explain.ts";
import { SET_FAULTS } from "#core/restrictions/messages.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Verdict } from "#core/verdict.ts";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "#domain/access.ts";
import type { Verb } from "#domain/context.ts";
import { DomainError, invalid, notFound } from "#domain/errors.ts";
import { mustFindKey } from "#domain/keys/find.ts";
import type { KeyRow } from "#domain/keys/present.ts";
import { restrictionsSchema } from "#domain/keys/schemas.ts";
import { apisOf, canonicalRestrictions } from "#domain/restrictions/canonical.ts";
import { idSchema, slugSchema } from "#domain/schemas.ts";
import { loadApi, loadProject } from "#verifier/load.ts";
import { questionFields, readQuestion } from "#verifier/question.ts";
import { requestOf } from "#verifier/request.ts";

export const simulateSchema = z.strictObject({
  projectId: idSchema,
  keyId: idSchema,
  ...questionFields,
  api: slugSchema,
  /** A draft; left out, the key's own. */
  restrictions: restrictionsSchema.optional(),
});
type SimulateInput = z.output<typeof simulateSchema>;

/** The verdict that a check would be given, and what each kind of restriction says of it. */
export type Simulated = Verdict & { rules: RuleOutcome[] };

/**
 * The verdict on a call with the key's current secret, under its own restrictions or a draft: the same rules as
 * a check, read afresh; nothing is consumed, counted or kept. Throws `invalid` for a draft that can't be saved.
 */
export async function simulate({ ctx, input }: Verb<SimulateInput>): Promise<Simulated> {
  const scope = ctx.db.read;
  await requireProjectRole(ctx, scope, input.projectId, "viewer");
  const row = await mustFindKey(scope, input);
  const { projectId, keyId: _, restrictions: given, ...asked } = input;
  const read = readQuestion({ ...asked, key: "simulated" });
  if ("faults" in read)
    throw new DomainError("invalid", SET_FAULTS["call-shape"].message, { errors: read.faults });
  const [project, api] = await Promise.all([loadProject(ctx.db, projectId), loadApi(ctx.db, input.api)]);
  if (!project) throw notFound("project");
  if (!api)
    throw invalid(
      "api",
      SET_FAULTS["call-api"].message.replace("{api}", () => input.api),
    );
  const set = given
    ? await canonicalRestrictions(scope, { projectId, given, before: apisOf(row) })
    : row.restrictions;
  const request = requestOf(read.question, api, newId("request"));
  const secret = await currentSecret(scope, row, set);
  const verdict = decide({ credential: "known", secret, project }, request, ctx.now());
  return { ...verdict, rules: explainRestrictions(set, request) };
}

async function currentSecret({ q, t }: Scope, key: KeyRow, set: Restrictions): Promise<SecretFacts> {
  const [secret] = await q
    .select({ id: t.secrets.id })
    .from(t.secrets)
    .where(and(eq(t.secrets.keyId, key.id), isNull(t.secrets.lapsesAt)))
    .orderBy(desc(t.secrets.createdAt))
    .limit(1);
  return {
    secretId: secret?.id ?? "",
    lapsesAt: null,
    key: { ...key, restrictions: mustCompile(set), trial: null },
  };
}

/** Throws `conflict` for a set that can't be read, such as one that was written by hand: checks get no verdict. */
function mustCompile(set: Restrictions) {
  try {
    return compileRestrictions(set);
  } catch {
    throw new DomainError("conflict", SET_FAULTS.stored.message);
  }
}
