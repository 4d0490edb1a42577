import type { FieldError } from "#core/schema-errors.ts";
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
import { NamedEntries } from "./named-entries.ts";
import type { ServiceTokenItem } from "./schema.ts";
import { type DeclarationStep, differences, pickChanged } from "./steps.ts";

/** The step for the site's policies. Administrators only. */
export async function planPolicies(ctx: Ctx, wanted: SetPoliciesInput): Promise<DeclarationStep[]> {
  requireAdmin(ctx);
  const before = await readPolicies(ctx.db.read);
  const { keyRules } = wanted;
  const after = { ...wanted, ...(keyRules && { keyRules: mergeKeyRules(before.keyRules, keyRules) }) };
  const changes = differences(after, before);
  if (changes.length === 0) return [];
  const run: DeclarationStep["run"] = async (ctx) => {
    await setPolicies({ ctx, input: pickChanged(after, changes) });
    return undefined;
  };
  return [{ action: "update", kind: "policies", name: "the site", changes, run }];
}

/** The steps for service tokens, which are known by their names or ids. Adds what can't be done to `errors`. */
export function planServiceTokens(
  wanted: readonly ServiceTokenItem[],
  current: readonly ServiceToken[],
  { prune, errors }: { prune: boolean; errors: FieldError[] },
): DeclarationStep[] {
  const named = new Set<string>();
  const entries = new NamedEntries();
  const steps = wanted.flatMap((item, at) => {
    const path = `serviceTokens.${at}`;
    const [token, ...others] = current.filter(({ id, name }) =>
      item.id === undefined ? name === item.name : id === item.id,
    );
    const mistake = tokenError(item, token, others.length > 0);
    if (token) named.add(token.id);
    const error =
      mistake === null
        ? entries.add(token?.id ?? `new ${item.name}`, path, item.name)
        : { path: `${path}.${mistake.field}`, message: mistake.message };
    if (error !== null) {
      errors.push(error);
      return [];
    }
    return planToken(item, token ?? null, path, errors);
  });
  if (!prune) return steps;
  const left = current.filter(({ id }) => !named.has(id));
  return [
    ...steps,
    ...left.map(
      ({ id, name }): DeclarationStep => ({
        action: "revoke",
        kind: "service token",
        name,
        changes: [],
        run: async (ctx) => void (await revokeServiceToken({ ctx, input: { serviceTokenId: id } })),
      }),
    ),
  ];
}

function tokenError(
  item: ServiceTokenItem,
  found: ServiceToken | undefined,
  isAmbiguous: boolean,
): { field: "id" | "name"; message: string } | null {
  if (isAmbiguous)
    return { field: "name", message: "Several service tokens have this name. Add the id of one." };
  if (item.id !== undefined && !found)
    return { field: "id", message: "There is no service token with this id that is not revoked." };
  if (found && found.name !== item.name)
    return { field: "name", message: "The name of a service token can't be changed." };
  return null;
}

function planToken(
  item: ServiceTokenItem,
  token: ServiceToken | null,
  path: string,
  errors: FieldError[],
): DeclarationStep[] {
  const { id: _, name, ...fields } = item;
  const { expiresAt } = fields;
  const wanted = { ...fields, ...(expiresAt !== undefined && { expiresAt: isoOrNull(expiresAt) }) };
  const changes = differences(wanted, token && { ...token });
  if (token === null) {
    const run: DeclarationStep["run"] = async (ctx) => {
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
  const run: DeclarationStep["run"] = async (ctx) => {
    const { localVerification } = fields;
    await updateServiceToken({ ctx, input: { serviceTokenId: token.id, localVerification } });
    return undefined;
  };
  return [{ action: "update", kind: "service token", name, changes, run }];
}
