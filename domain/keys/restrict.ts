import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray } from "drizzle-orm";
import { matchesOperation } from "#core/restrictions/apis.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Scope } from "#db/open.ts";
import { DomainError, type FieldError } from "../errors.ts";
import type { RestrictionsInput } from "./schemas.ts";

interface Given {
  restrictions?: RestrictionsInput | undefined;
  trial?: unknown;
  limits?: { rate?: unknown; quota?: unknown } | undefined;
}

/**
 * Refuses what this version can't enforce, rather than store it and let calls through. Throws
 * `not-supported` that names each such field.
 */
export function refuseUnsupported({ restrictions, trial, limits }: Given): void {
  const carried: Record<string, boolean> = {
    "restrictions.ips": (restrictions?.ips.length ?? 0) > 0,
    "restrictions.referrers": (restrictions?.referrers.length ?? 0) > 0,
    "restrictions.apps": (restrictions?.apps.android.length ?? 0) + (restrictions?.apps.ios.length ?? 0) > 0,
    trial: trial !== undefined && trial !== null,
    "limits.rate": limits?.rate !== undefined && limits.rate !== null,
    "limits.quota": limits?.quota !== undefined && limits.quota !== null,
  };
  const errors = Object.keys(carried)
    .filter((path) => carried[path])
    .map((path) => ({ path, message: "This version can't enforce it yet, so it is not saved." }));
  if (errors.length > 0) {
    throw new DomainError(
      "not-supported",
      `This version of Latchkey can't enforce ${errors.map(({ path }) => path).join(", ")} yet. Leave it out.`,
      { errors },
    );
  }
}

/**
 * The API list in canonical form: one entry an API, operations without repeats. Throws `invalid` for an
 * API that the project has not enabled and for an operation pattern that matches nothing the API has.
 */
export async function canonicalRestrictions(
  scope: Scope,
  projectId: string,
  given: RestrictionsInput | undefined,
  before: Restrictions = NO_RESTRICTIONS,
): Promise<Restrictions> {
  const merged = mergeByApi(given?.apis ?? []);
  if (merged.length === 0) return NO_RESTRICTIONS;
  const operationsOf = await enabledOperations(scope, projectId, merged);
  // What the key has already may stay, also when the catalogue or the project has moved on since.
  const stays = ({ api, operations }: ApiRestriction) =>
    before.apis.some((had) => isDeepStrictEqual(had, { api, operations: operations.toSorted() }));
  const errors = (given?.apis ?? []).flatMap((entry, at) =>
    stays(entry) ? [] : faultsOf(entry, at, operationsOf),
  );
  if (errors.length > 0)
    throw new DomainError("invalid", "The restrictions can't be saved as they are.", { errors });
  return { ...NO_RESTRICTIONS, apis: merged };
}

function mergeByApi(entries: readonly ApiRestriction[]): ApiRestriction[] {
  const bySlug = Map.groupBy(entries, (entry) => entry.api);
  return [...bySlug]
    .map(([api, same]) => ({
      api,
      // One entry without operations opens the whole API.
      operations: same.some((entry) => entry.operations.length === 0)
        ? []
        : [...new Set(same.flatMap((entry) => entry.operations))].sort(),
    }))
    .sort((a, b) => (a.api < b.api ? -1 : 1));
}

/** Operation names of each API among `entries` that the project has enabled. */
async function enabledOperations(
  scope: Scope,
  projectId: string,
  entries: ApiRestriction[],
): Promise<Map<string, string[]>> {
  const { apis, operations, projectApis } = scope.t;
  const rows = await scope.q
    .select({ slug: apis.slug, operation: operations.name })
    .from(apis)
    .innerJoin(
      projectApis,
      and(
        eq(projectApis.apiId, apis.id),
        eq(projectApis.projectId, projectId),
        eq(projectApis.status, "enabled"),
      ),
    )
    .leftJoin(operations, eq(operations.apiId, apis.id))
    .where(
      inArray(
        apis.slug,
        entries.map((entry) => entry.api),
      ),
    );
  const found = new Map<string, string[]>();
  for (const { slug, operation } of rows) {
    const names = found.get(slug) ?? [];
    if (operation !== null) names.push(operation);
    found.set(slug, names);
  }
  return found;
}

function faultsOf(entry: ApiRestriction, at: number, operationsOf: Map<string, string[]>): FieldError[] {
  const known = operationsOf.get(entry.api);
  if (!known) {
    return [
      {
        path: `restrictions.apis.${at}.api`,
        message: `The project has not enabled an API “${entry.api}”. Enable it first: without, the key could not call it.`,
      },
    ];
  }
  // A catalogue entry without operations can't say which exist.
  if (known.length === 0) return [];
  return entry.operations.flatMap((pattern, index) =>
    known.some((name) => matchesOperation(pattern, name))
      ? []
      : [
          {
            path: `restrictions.apis.${at}.operations.${index}`,
            message: `The API “${entry.api}” has no operation that “${pattern}” matches.`,
          },
        ],
  );
}
