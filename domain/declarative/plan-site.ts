import { isoOrNull } from "#core/time.ts";
import { mergeKeyRules } from "../access/policies/key-rules.ts";
import { readPolicies } from "../access/policies/read.ts";
import type { SetPoliciesInput } from "../access/policies/schema.ts";
import { setPolicies } from "../access/policies/set.ts";
import { createServiceToken } from "../access/service-tokens/create.ts";
import { revokeServiceToken } from "../access/service-tokens/revoke.ts";
import { createServiceTokenSchema, type ServiceToken } from "../access/service-tokens/schema.ts";
import { updateServiceToken } from "../access/service-tokens/update.ts";
import { type Ctx, requireAdmin } from "../context.ts";
import type { FieldError } from "../errors.ts";
import type { ServiceTokenItem } from "./schema.ts";
import { differences, pickChanged, type Step } from "./steps.ts";

/** The step for the site's policies. Administrators only. */
export async function planPolicies(ctx: Ctx, wanted: SetPoliciesInput): Promise<Step[]> {
  requireAdmin(ctx);
  const before = await readPolicies(ctx.db.read);
  const { keyRules } = wanted;
  const after = { ...wanted, ...(keyRules && { keyRules: mergeKeyRules(before.keyRules, keyRules) }) };
  const changes = differences(after, before);
  if (changes.length === 0) return [];
  const run: Step["run"] = async (ctx) => {
    await setPolicies({ ctx, input: pickChanged(after, changes) });
    return undefined;
  };
  return [{ action: "update", kind: "policies", name: "the site", changes, run }];
}

/** The steps for service tokens, which are known by their names. Adds what can't be done to `errors`. */
export function planServiceTokens(
  wanted: readonly ServiceTokenItem[],
  current: readonly ServiceToken[],
  { prune, errors }: { prune: boolean; errors: FieldError[] },
): Step[] {
  const byName = Map.groupBy(current, ({ name }) => name);
  const steps = wanted.flatMap((item, at) => {
    const [token, ...others] = byName.get(item.name) ?? [];
    if (others.length > 0) {
      errors.push({ path: `serviceTokens.${at}.name`, message: "Several service tokens have this name." });
      return [];
    }
    return planToken(item, token ?? null, `serviceTokens.${at}`, errors);
  });
  if (!prune) return steps;
  const named = new Set(wanted.map(({ name }) => name));
  const left = current.filter(({ name }) => !named.has(name));
  return [
    ...steps,
    ...left.map(
      ({ id, name }): Step => ({
        ...{ action: "revoke", kind: "service token", name, changes: [] },
        run: async (ctx) => void (await revokeServiceToken({ ctx, input: { serviceTokenId: id } })),
      }),
    ),
  ];
}

function planToken(
  item: ServiceTokenItem,
  token: ServiceToken | null,
  path: string,
  errors: FieldError[],
): Step[] {
  const { name, ...fields } = item;
  const { expiresAt } = fields;
  const wanted = { ...fields, ...(expiresAt !== undefined && { expiresAt: isoOrNull(expiresAt) }) };
  const changes = differences(wanted, token && { ...token });
  if (token === null) {
    const run: Step["run"] = async (ctx) => {
      const created = createServiceTokenSchema.parse({ name, ...wanted });
      return { secret: (await createServiceToken({ ctx, input: created })).token };
    };
    return [{ action: "create", kind: "service token", name, changes, run }];
  }
  for (const { field } of changes.filter((change) => change.field !== "localVerification")) {
    errors.push({
      path: `${path}.${field}`,
      message: "This can't be changed for an existing service token. Give the new one another name.",
    });
  }
  if (changes.length === 0) return [];
  const run: Step["run"] = async (ctx) => {
    const { localVerification } = fields;
    await updateServiceToken({ ctx, input: { serviceTokenId: token.id, localVerification } });
    return undefined;
  };
  return [{ action: "update", kind: "service token", name, changes, run }];
}
