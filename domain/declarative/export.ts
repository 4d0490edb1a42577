import { isDeepStrictEqual } from "node:util";
import { dump } from "js-yaml";
import { NO_RESTRICTIONS } from "#core/restrictions/types.ts";
import { isoOrNull } from "#core/time.ts";
import { readPolicies } from "../access/policies/read.ts";
import type { ServiceToken } from "../access/service-tokens/schema.ts";
import { type Ctx, isAdmin } from "../context.ts";
import type { ProjectSummary } from "../projects/schema.ts";
import { withoutEmpty } from "../without-empty.ts";
import {
  type CurrentApi,
  type CurrentProject,
  readApis,
  readProject,
  readProjects,
  readServiceTokens,
} from "./current-state.ts";
import { keyItemSchema, type WrittenDeclaration } from "./schema.ts";

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
    const token = withoutEmpty({ name, api, trustedProxies, localVerification, expiresAt }, ["name"]);
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
      operations: api.operations.map(({ operationId: _, ...operation }) => withoutEmpty(operation, ["name"])),
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

const KEY_ID = ["name", "environment"] as const;
const OTHER_KEY_FIELDS = Object.keys(keyItemSchema.omit({ id: true, name: true, environment: true }).shape);

/** A key without what is empty or as it is by default: every field that an entry can have, which has its name. */
export function writtenKey({ key, expiresAt }: CurrentProject["keys"][number]): WrittenKey {
  const { restrictions, limits } = key;
  // A disabled key that waits for an approval is enabled by that, not by a declaration.
  const isDisabled = key.status === "disabled" && key.approval?.status !== "pending";
  const values: Record<string, unknown> = {
    ...key,
    enabled: isDisabled ? false : undefined,
    expiresAt: isoOrNull(expiresAt),
    restrictions: isDeepStrictEqual(restrictions, NO_RESTRICTIONS) ? undefined : restrictions,
    limits: limits.rate === null && limits.quota === null ? undefined : limits,
  };
  const written = Object.fromEntries([...KEY_ID, ...OTHER_KEY_FIELDS].map((field) => [field, values[field]]));
  return withoutEmpty(written as WrittenKey, KEY_ID);
}
