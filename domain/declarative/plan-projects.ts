import type { FieldError } from "#core/schema-errors.ts";
import { mergeKeyRules } from "../access/policies/key-rules.ts";
import { setKeyRules } from "../access/policies/project-key-rules.ts";
import { policiesIn } from "../access/policies/read.ts";
import { disableApi } from "../catalog/enablement/disable.ts";
import { enableApi } from "../catalog/enablement/enable.ts";
import type { Ctx } from "../context.ts";
import { setSecretAge } from "../keys/lifecycle/secret-age/set.ts";
import { createProject } from "../projects/create.ts";
import type { ProjectSummary } from "../projects/schema.ts";
import { updateProject } from "../projects/update.ts";
import { type CurrentProject, readProject, readProjects } from "./current-state.ts";
import { NamedEntries } from "./named-entries.ts";
import { planKeys } from "./plan-keys.ts";
import type { ProjectItem } from "./schema.ts";
import { type Created, type DeclarationStep, differences, type FieldChange } from "./steps.ts";

interface ProjectPlanOptions {
  prune: boolean;
  errors: FieldError[];
}

/** The steps for the projects of a declaration, their APIs and keys. Adds what can't be done to `errors`. */
export async function planProjects(
  ctx: Ctx,
  wanted: readonly ProjectItem[],
  { prune, errors }: ProjectPlanOptions,
): Promise<DeclarationStep[]> {
  const all = await readProjects(ctx);
  const steps: DeclarationStep[] = [];
  const entries = new NamedEntries();
  for (const [at, item] of wanted.entries()) {
    const path = `projects.${at}`;
    const found = findProject(all, item, path, errors);
    if (found === undefined) continue;
    // A project can be named by its id in one entry and by its name in another.
    const repeated = entries.add(found?.id ?? `new ${item.name}`, path, item.name);
    if (repeated) {
      errors.push(repeated);
      continue;
    }
    const current = found && (await readProject(ctx, found.id));
    const idOf = (created: Created) => found?.id ?? created.projects.get(at) ?? null;
    steps.push(
      ...planProject(item, { at, found, current, idOf }),
      ...planProjectApis(item, current, prune, idOf),
      ...(await planKeys(ctx, item, { projectId: found?.id ?? null, current, prune, path, errors, idOf })),
    );
  }
  return steps;
}

/** The project that an entry is about; null for a new one, undefined if that is not clear. */
function findProject(
  all: readonly ProjectSummary[],
  { id, name }: ProjectItem,
  path: string,
  errors: FieldError[],
): ProjectSummary | null | undefined {
  const [found, ...others] = all.filter((project) =>
    id === undefined ? project.name === name : project.id === id,
  );
  if (id !== undefined && !found) {
    errors.push({ path: `${path}.id`, message: "You have no project with this ID." });
    return undefined;
  }
  if (others.length === 0) return found ?? null;
  errors.push({ path: `${path}.name`, message: "Several projects have this name. Add the id of one." });
  return undefined;
}

interface ProjectInFile {
  /** The position of the item in the file. */
  at: number;
  /** Null for a new project, like `current`. */
  found: ProjectSummary | null;
  current: CurrentProject | null;
  idOf: (created: Created) => string | null;
}

function planProject(item: ProjectItem, { at, found, current, idOf }: ProjectInFile): DeclarationStep[] {
  const { name, limits, secretAge } = item;
  const before = current?.keyRules ?? null;
  const keyRules = item.keyRules && mergeKeyRules(before ?? policiesIn(null).keyRules, item.keyRules);
  const changes = differences(
    { name, limits, keyRules: keyRules ?? item.keyRules, secretAge },
    found &&
      current && { name: found.name, limits: found.limits, keyRules: before, secretAge: current.secretAge },
  );
  if (changes.length === 0) return [];
  const run: DeclarationStep["run"] = async (ctx, created) => {
    if (!found) created.projects.set(at, (await createProject({ ctx, input: { name } })).id);
    await changeProject(ctx, idOf(created) ?? "", item, changes);
    return undefined;
  };
  return [{ action: found ? "update" : "create", kind: "project", name, changes, run }];
}

async function changeProject(
  ctx: Ctx,
  projectId: string,
  { name, limits, keyRules, secretAge }: ProjectItem,
  changes: readonly FieldChange[],
): Promise<void> {
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has("name") || changed.has("limits"))
    await updateProject({ ctx, input: { projectId, name, ...(limits && { limits }) } });
  if (keyRules !== undefined && changed.has("keyRules"))
    await setKeyRules({ ctx, input: { projectId, rules: keyRules } });
  if (secretAge !== undefined && changed.has("secretAge"))
    await setSecretAge({ ctx, input: { projectId, rule: secretAge } });
}

function planProjectApis(
  { name, apis }: ProjectItem,
  current: CurrentProject | null,
  prune: boolean,
  idOf: (created: Created) => string | null,
): DeclarationStep[] {
  if (apis === undefined) return [];
  const before = current?.apis ?? [];
  const missing = [...new Set(apis)].filter((slug) => !before.includes(slug));
  const left = prune ? before.filter((slug) => !apis.includes(slug)) : [];
  const step = (
    action: "enable" | "disable",
    slug: string,
    run: DeclarationStep["run"],
  ): DeclarationStep => ({
    action,
    kind: "project API",
    name: `${name} / ${slug}`,
    changes: [],
    run,
  });
  return [
    ...missing.map((slug) =>
      step("enable", slug, async (ctx, created) => {
        await enableApi({ ctx, input: { projectId: idOf(created) ?? "", slug } });
        return undefined;
      }),
    ),
    ...left.map((slug) =>
      step("disable", slug, async (ctx, created) => {
        await disableApi({ ctx, input: { projectId: idOf(created) ?? "", slug } });
        return undefined;
      }),
    ),
  ];
}
