import { isDeepStrictEqual } from "node:util";
import { dump } from "js-yaml";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { isoOrNull } from "#core/time.ts";
import { readPolicies } from "../access/policies/read.ts";
import type { ServiceToken } from "../access/service-tokens/schema.ts";
import { type Ctx, isAdmin } from "../context.ts";
import type { ProjectSummary } from "../projects/schema.ts";
import {
  type CurrentApi,
  type CurrentProject,
  readApis,
  readProject,
  readProjects,
  readServiceTokens,
} from "./current-state.ts";
import type { WrittenDeclaration } from "./schema.ts";

/** The fields of things in a declaration: what `apply` reads. */
type Written<Field extends "apis" | "serviceTokens" | "projects"> = NonNullable<
  WrittenDeclaration[Field]
>[number];

/**
 * What the caller may see as a declaration: for administrators everything, for others their projects. It has no
 * secrets, members, webhooks or OpenAPI documents, and nothing that is revoked or archived.
 */
export async function exportDeclaration(
  ctx: Ctx,
  { projectIds }: { projectIds?: readonly string[] } = {},
): Promise<WrittenDeclaration> {
  const all = await readProjects(ctx);
  const chosen = projectIds === undefined ? all : all.filter(({ id }) => projectIds.includes(id));
  const projects: Written<"projects">[] = [];
  for (const project of chosen) {
    const isAmbiguous = all.some(({ id, name }) => id !== project.id && name === project.name);
    const current = await readProject(ctx, project.id);
    projects.push({ ...(isAmbiguous && { id: project.id }), ...writtenProject(project, current) });
  }
  if (projectIds !== undefined || !isAdmin(ctx.actor)) return { version: 1, projects };
  return {
    version: 1,
    policies: await readPolicies(ctx.db.read),
    apis: (await readApis(ctx)).map(writtenApi),
    serviceTokens: writtenServiceTokens(await readServiceTokens(ctx)),
    projects,
  };
}

function writtenServiceTokens(tokens: readonly ServiceToken[]): Written<"serviceTokens">[] {
  return tokens.map(({ id, name, api, trustedProxies, localVerification, expiresAt }) => {
    const isAmbiguous = tokens.some((other) => other.id !== id && other.name === name);
    const token = compact({ name, api, trustedProxies, localVerification, expiresAt }, ["name"]);
    return { ...(isAmbiguous && { id }), ...token };
  });
}

/** A declaration as YAML. Long texts are not wrapped, and nothing is an alias. */
export function writeDeclaration(declaration: WrittenDeclaration): string {
  return dump(declaration, { lineWidth: -1, noRefs: true });
}

/** An API as a file declares it, without what comes from its OpenAPI document. */
export function writtenApi(api: CurrentApi): Written<"apis"> {
  const { slug, name, description, access, allowKeyInUrl, baseUrl, pathMatching, visibility } = api;
  const scopes = api.scopes
    .filter(({ fromDocument }) => !fromDocument)
    .map(({ fromDocument: _, ...scope }) => scope);
  return {
    slug,
    name,
    description,
    access,
    allowKeyInUrl,
    baseUrl,
    pathMatching,
    visibility,
    ...(scopes.length > 0 && { scopes }),
    // The document has them.
    ...(!api.hasDocument && {
      operations: api.operations.map(({ operationId: _, ...operation }) => compact(operation, ["name"])),
    }),
    ...(api.plans.length > 0 && {
      plans: api.plans.map(
        ({
          api: _,
          version: __,
          next: ___,
          unmatchedPatterns: ____,
          createdAt: _____,
          updatedAt: ______,
          archivedAt: _______,
          ...plan
        }) => plan,
      ),
    }),
  };
}

/** A project as a file declares it. Keys have their ids only where several have one name in an environment. */
export function writtenProject(
  { name, limits }: Pick<ProjectSummary, "name" | "limits">,
  { keyRules, secretAge, apis, keys }: CurrentProject,
): Written<"projects"> {
  const names = Map.groupBy(keys, ({ key }) => `${key.environment} ${key.name}`);
  return {
    name,
    limits,
    keyRules,
    secretAge,
    apis,
    keys: keys.map((each) => {
      const { key } = each;
      const isAmbiguous = (names.get(`${key.environment} ${key.name}`)?.length ?? 0) > 1;
      return { ...(isAmbiguous && { id: key.id }), ...writtenKey(each) };
    }),
  };
}

type WrittenKey = NonNullable<Written<"projects">["keys"]>[number];

/** A key without what is empty or as it is by default. */
export function writtenKey({ key, expiresAt }: CurrentProject["keys"][number]): WrittenKey {
  const { name, environment, restrictions, trial, limits, metadata, description, tags, externalId } = key;
  // A disabled key that waits for an approval is enabled by that, not by a declaration.
  const isDisabled = key.status === "disabled" && key.approval?.status !== "pending";
  return compact(
    {
      name,
      environment,
      enabled: isDisabled ? false : undefined,
      expiresAt: isoOrNull(expiresAt),
      restrictions: isDeepStrictEqual(restrictions, NO_RESTRICTIONS) ? undefined : restrictions,
      trial,
      metadata,
      description,
      tags,
      externalId,
      limits: limits.rate === null && limits.quota === null ? undefined : limits,
    },
    ["name", "environment"],
  );
}

/** Without null, false, empty texts, lists and objects, except for these fields. */
function compact<Value extends object>(value: Value, always: readonly (keyof Value)[]): Value {
  const isEmpty = (one: unknown) =>
    one === null ||
    one === undefined ||
    one === "" ||
    (typeof one === "object" && Object.keys(one).length === 0);
  return Object.fromEntries(
    Object.entries(value).filter(([field, one]) => always.includes(field as keyof Value) || !isEmpty(one)),
  ) as Value;
}
