import { isDeepStrictEqual } from "node:util";
import type { FieldError } from "#core/schema-errors.ts";
import { isoOrNull } from "#core/time.ts";
import type { Ctx } from "../context.ts";
import { DomainError, nullOnDomainError } from "../errors.ts";
import { createKey } from "../keys/create.ts";
import { apisOf, canonicalRestrictions } from "../keys/restrictions/stored.ts";
import { revokeKey } from "../keys/revoke.ts";
import { createKeySchema, type Key, updateKeySchema } from "../keys/schema.ts";
import { updateKey } from "../keys/update.ts";
import type { CurrentProject } from "./current-state.ts";
import { NamedEntries } from "./named-entries.ts";
import type { KeyItem, ProjectItem } from "./schema.ts";
import { type Created, type DeclarationStep, differences, pickChanged } from "./steps.ts";

interface KeyPlanOptions {
  /** Null for a new project. */
  projectId: string | null;
  current: CurrentProject | null;
  prune: boolean;
  path: string;
  errors: FieldError[];
  idOf: (created: Created) => string | null;
}

/** The steps for the keys of a project, which are known by environment and name. */
export async function planKeys(
  ctx: Ctx,
  { name: project, keys: wanted }: ProjectItem,
  { projectId, current, prune, path, errors, idOf }: KeyPlanOptions,
): Promise<DeclarationStep[]> {
  if (wanted === undefined) return [];
  const keys = current?.keys ?? [];
  const byName = Map.groupBy(keys, ({ key }) => nameOf(key));
  const steps: DeclarationStep[] = [];
  const named = new Set<string>();
  const entries = new NamedEntries();
  for (const [at, item] of wanted.entries()) {
    const itemPath = `${path}.keys.${at}`;
    const [found, ...others] =
      item.id === undefined ? (byName.get(nameOf(item)) ?? []) : keys.filter(({ key }) => key.id === item.id);
    const message = keyError(item, found?.key, others.length > 0);
    // A key can be named by its id in one entry and by its name in another.
    const error =
      message === null
        ? entries.add(found?.key.id ?? `new ${nameOf(item)}`, itemPath, nameOf(item))
        : { path: itemPath, message };
    if (error !== null) {
      errors.push(error);
      continue;
    }
    if (found) named.add(found.key.id);
    const name = `${project} / ${item.name} (${item.environment})`;
    if (!found || projectId === null) steps.push(createStep(name, item, idOf));
    else
      steps.push(...(await changeStep(ctx, { name, item, path: itemPath }, { projectId, ...found }, errors)));
  }
  if (!prune || projectId === null) return steps;
  const left = keys.filter(({ key }) => !named.has(key.id));
  return [
    ...steps,
    ...left.map(
      ({ key }): DeclarationStep => ({
        action: "revoke",
        kind: "key",
        name: `${project} / ${nameOf(key)}`,
        changes: [],
        run: async (ctx) => void (await revokeKey({ ctx, input: { projectId, keyId: key.id } })),
      }),
    ),
  ];
}

const nameOf = ({ name, environment }: { name: string; environment: string }) => `${name} (${environment})`;

function keyError(item: KeyItem, found: Key | undefined, isAmbiguous: boolean): string | null {
  if (isAmbiguous) return "Several keys of the project have this name and environment. Add the id of one.";
  if (item.id !== undefined && !found) return "The project has no key with this id that is not revoked.";
  if (found && found.environment !== item.environment) return "The environment of a key can't be changed.";
  return null;
}

function createStep(name: string, item: KeyItem, idOf: KeyPlanOptions["idOf"]): DeclarationStep {
  const { id: _, name: keyName, environment, enabled, expiresAt, ...rest } = item;
  const shown = { ...rest, enabled, expiresAt: expiresAt && isoOrNull(expiresAt) };
  const run: DeclarationStep["run"] = async (ctx, created) => {
    const projectId = idOf(created) ?? "";
    const input = createKeySchema.parse({
      ...rest,
      projectId,
      name: keyName,
      environment,
      expiresAt: isoOrNull(expiresAt ?? null),
    });
    const { key, secret } = await createKey({ ctx, input });
    if (enabled !== false) return { secret };
    try {
      await updateKey({ ctx, input: { projectId, keyId: key.id, enabled } });
      return { secret };
    } catch (error) {
      // The key exists: without this, nobody would have its secret.
      return { secret, error };
    }
  };
  return { action: "create", kind: "key", name, changes: differences(shown, null), run };
}

interface WantedKey {
  /** Of the step. */
  name: string;
  item: KeyItem;
  path: string;
}

/** The step that changes a key, if any of its fields differs. Adds errors of the item to `errors`. */
async function changeStep(
  ctx: Ctx,
  { name, item, path }: WantedKey,
  { projectId, key, expiresAt: before }: CurrentProject["keys"][number] & { projectId: string },
  errors: FieldError[],
): Promise<DeclarationStep[]> {
  const { id: _, environment: __, expiresAt, ...rest } = item;
  const fields = { ...rest, ...(expiresAt !== undefined && { expiresAt: isoOrNull(expiresAt) }) };
  try {
    const changes = differences(
      { ...fields, ...(await canonicalSets(ctx, projectId, key, item)) },
      { ...key, enabled: key.status !== "disabled", expiresAt: isoOrNull(before) },
    );
    if (changes.length === 0) return [];
    const run: DeclarationStep["run"] = async (ctx) => {
      const input = { projectId, keyId: key.id, ...pickChanged(fields, changes) };
      await updateKey({ ctx, input: updateKeySchema.parse(input) });
      return undefined;
    };
    return [{ action: "update", kind: "key", name, changes, run }];
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "invalid") throw error;
    errors.push(...error.errors.map((each) => ({ ...each, path: `${path}.${each.path}` })));
    return [];
  }
}

/**
 * The sets in their stored form. A set that means the same as the key's stays as it is, in whatever spelling or order
 * either has its entries.
 */
async function canonicalSets(ctx: Ctx, projectId: string, key: Key, { restrictions, trial }: KeyItem) {
  const before = apisOf({ restrictions: key.restrictions, reportOnly: key.trial });
  type Field = "restrictions" | "trial";
  const canonical = (given: NonNullable<typeof restrictions>, field: Field) =>
    canonicalRestrictions(ctx.db.read, { projectId, given, before, field });
  const after = async (given: NonNullable<typeof restrictions>, field: Field) => {
    const wanted = await canonical(given, field);
    const stored = key[field];
    // A stored set that could not be saved anymore is not what is wanted.
    const same = stored && (await nullOnDomainError(canonical(stored, field)));
    return isDeepStrictEqual(wanted, same) ? stored : wanted;
  };
  return {
    ...(restrictions && { restrictions: await after(restrictions, "restrictions") }),
    ...(trial && { trial: await after(trial, "trial") }),
  };
}
