import type { FieldError } from "#core/schema-errors.ts";
import { createApi } from "../catalog/apis/create.ts";
import { deleteApi } from "../catalog/apis/delete.ts";
import { createApiSchema, updateApiSchema } from "../catalog/apis/schema.ts";
import { updateApi } from "../catalog/apis/update.ts";
import { createPlan } from "../plans/create.ts";
import { createPlanSchema, type Plan, updatePlanSchema } from "../plans/schema.ts";
import { updatePlan } from "../plans/update.ts";
import type { CurrentApi } from "./current-state.ts";
import { writtenApi } from "./export.ts";
import { NamedEntries } from "./named-entries.ts";
import { type ApiItem, apiItemSchema, type PlanItem } from "./schema.ts";
import { type DeclarationStep, differences, pickChanged } from "./steps.ts";

/** The steps for the APIs of a declaration and their plans. Adds what can't be done to `errors`. */
export function planApis(
  wanted: readonly ApiItem[],
  current: readonly CurrentApi[],
  { prune, errors }: { prune: boolean; errors: FieldError[] },
): DeclarationStep[] {
  const bySlug = new Map(current.map((api) => [api.slug, api]));
  const entries = new NamedEntries();
  const steps = wanted.flatMap((item, at) => {
    const path = `apis.${at}`;
    const repeated = entries.add(item.slug, path, item.slug);
    if (repeated) {
      errors.push(repeated);
      return [];
    }
    const api = bySlug.get(item.slug) ?? null;
    const { plans = [], ...fields } = item;
    if (api?.hasDocument && fields.operations !== undefined) {
      errors.push({
        path: `${path}.operations`,
        message: "The API has an OpenAPI document, which has its operations. Leave them out.",
      });
    }
    return [
      ...planApi(withExplicitScopes(fields), api),
      ...planPlans(item.slug, plans, api, { path, errors }),
    ];
  });
  if (!prune) return steps;
  const named = new Set(wanted.map(({ slug }) => slug));
  const left = current.filter(({ slug }) => !named.has(slug));
  return [
    ...steps,
    ...left.map(
      ({ slug }): DeclarationStep => ({
        action: "delete",
        kind: "api",
        name: slug,
        changes: [],
        run: async (ctx) => void (await deleteApi({ ctx, input: { slug } })),
      }),
    ),
  ];
}

function planApi(item: Omit<ApiItem, "plans">, api: CurrentApi | null): DeclarationStep[] {
  const { slug, ...fields } = item;
  // Read like the file, so that both have the same form.
  const {
    plans: _,
    slug: __,
    ...before
  } = api ? withExplicitScopes(apiItemSchema.parse({ scopes: [], operations: [], ...writtenApi(api) })) : {};
  const changes = differences(withOrderlessScopes(fields, api), api && withOrderlessScopes(before, api));
  if (api && changes.length === 0) return [];
  const run: DeclarationStep["run"] = async (ctx) => {
    const input = { slug, ...pickChanged(fields, changes) };
    if (api) await updateApi({ ctx, input: updateApiSchema.parse(input) });
    else await createApi({ ctx, input: createApiSchema.parse(input) });
    return undefined;
  };
  return [{ action: api ? "update" : "create", kind: "api", name: slug, changes, run }];
}

/** An operation of a file that names no scopes needs none; left out, it would keep those that it has. */
function withExplicitScopes<Item extends Partial<Pick<ApiItem, "operations">>>(item: Item): Item {
  if (item.operations === undefined) return item;
  const operations = item.operations.map((operation) => ({
    ...operation,
    requiredScopes: operation.requiredScopes ?? null,
  }));
  return { ...item, operations };
}

/**
 * Scopes that operations need, and those of the API's document, are declared without being named. Their order has no
 * meaning.
 */
function withOrderlessScopes(fields: Partial<Omit<ApiItem, "slug" | "plans">>, api: CurrentApi | null) {
  const { scopes, operations = api?.operations ?? [] } = fields;
  if (scopes === undefined) return fields;
  const needed = operations.flatMap(({ requiredScopes }) => requiredScopes?.flat() ?? []);
  const named = new Map(
    [...needed.map((name) => ({ name, description: "" })), ...scopes].map((one) => [one.name, one]),
  );
  for (const { name, fromDocument } of api?.scopes ?? []) if (fromDocument) named.delete(name);
  return { ...fields, scopes: [...named.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function planPlans(
  api: string,
  plans: readonly PlanItem[],
  current: CurrentApi | null,
  { path, errors }: { path: string; errors: FieldError[] },
): DeclarationStep[] {
  const entries = new NamedEntries();
  return plans.flatMap((plan, at) => {
    const repeated = entries.add(plan.slug, `${path}.plans.${at}`, plan.slug);
    if (repeated === null) return planPlan(api, plan, current);
    errors.push(repeated);
    return [];
  });
}

function planPlan(api: string, item: PlanItem, current: CurrentApi | null): DeclarationStep[] {
  const plan = current?.plans.find(({ slug }) => slug === item.slug) ?? null;
  const { slug, ...fields } = item;
  const changes = differences(fields, plan && termsAfter(plan));
  if (plan && changes.length === 0) return [];
  const run: DeclarationStep["run"] = async (ctx) => {
    const input = { api, slug, ...pickChanged(fields, changes) };
    if (plan)
      await updatePlan({ ctx, input: updatePlanSchema.parse({ ...input, takesEffect: "period-end" }) });
    else await createPlan({ ctx, input: createPlanSchema.parse(input) });
    return undefined;
  };
  return [{ action: plan ? "update" : "create", kind: "plan", name: `${api} / ${slug}`, changes, run }];
}

/** A plan with the terms that it will have: those of its next version if there is one. */
function termsAfter(plan: Plan): Record<string, unknown> {
  return { ...plan, ...plan.next?.terms };
}
