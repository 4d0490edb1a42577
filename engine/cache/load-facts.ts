import { and, asc, type Column, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { ProjectFacts } from "#core/facts.ts";
import { compiledBytes } from "#core/restrictions/compiled-bytes.ts";
import { compileIps, type IpSet } from "#core/restrictions/ips.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { jsonBytes, oneOf } from "#db/portable-sql.ts";
import {
  type ApiFacts,
  compileApi,
  compileSecret,
  type LoadedSecret,
  type StoredApi,
  type StoredSecret,
} from "./compile-facts.ts";
import { CLOCK_TOLERANCE_MS, loadApiPlans, periodsOf } from "./load-plans.ts";

/** A secret of a service token that is not revoked, and the APIs it may verify keys for. */
export interface ServiceTokenFacts {
  id: string;
  /** Slug of the only API that it may verify keys for; null for all. */
  api: string | null;
  /** The trusted proxies of its gateway: their entries in `X-Forwarded-For` are not the caller. */
  trustedProxies: IpSet;
  /** Whether its service may verify keys in its own process. */
  localVerification: boolean;
  /** When the secret stops working, epoch ms: its expiry, or the end of its overlap; null for never. */
  endsAt: number | null;
  /** Whether it was found by the secret before the last rotation. */
  isOlder: boolean;
  /** Approximate size in memory, bytes. */
  bytes: number;
}

/** Keys whose sets have more bytes than this as JSON are read one at a time: many at once could exhaust memory. */
const LARGE_BYTES = 1_024;
/** No set is larger. As a parameter, Postgres takes it for an `integer`, like the length that it is compared with. */
const MAX_POSTGRES_INTEGER = 2 ** 31 - 1;

/** The secret with this hash, and its key; null if it does not exist. */
export async function loadSecret(db: Db, hash: string): Promise<LoadedSecret | null> {
  const [row] = await readSecrets(db, [hash], MAX_POSTGRES_INTEGER);
  return row ? compileSecret(row) : null;
}

/** The existing secrets and their keys, by hash; `large` for a key that must be read individually. */
export async function loadSecrets(db: Db, hashes: string[]): Promise<Map<string, LoadedSecret | "large">> {
  const rows = await readSecrets(db, hashes, LARGE_BYTES);
  // Cached facts share the texts that many keys have in common.
  const projects = new Map(rows.map(({ projectId }) => [projectId, projectId]));
  return new Map(
    rows.map(({ hash, ...row }): [string, LoadedSecret | "large"] => {
      if (row.setBytes > LARGE_BYTES) return [hash, "large"];
      return [hash, compileSecret({ ...row, projectId: projects.get(row.projectId) ?? row.projectId })];
    }),
  );
}

/** The earlier of two instants; null for never. */
export function earliest(one: Column, other: Column) {
  return sql`case when ${one} is null or ${other} < ${one} then ${other} else ${one} end`;
}

/** The rows of these secrets. Sets with more than `maxBytes` are omitted. */
export async function readSecrets(
  { read }: Db,
  hashes: string[],
  maxBytes = MAX_POSTGRES_INTEGER,
): Promise<(StoredSecret & { hash: string })[]> {
  const { q, t } = read;
  const { importedSecrets, keys, secrets } = t;
  const setBytes = sql<number>`(${jsonBytes(read, keys.restrictions)} + ${jsonBytes(read, keys.reportOnly)})`;
  const setIfSmall = <Set>(column: Column) =>
    sql<Set>`case when ${setBytes} > ${maxBytes} then null else ${column} end`.mapWith(
      (value) => column.mapFromDriverValue(value) as Set,
    );
  return q
    .select({
      hash: secrets.hash,
      secretId: secrets.id,
      overlapEndsAt: secrets.overlapEndsAt,
      unconfirmedSince: importedSecrets.importedAt,
      id: keys.id,
      projectId: keys.projectId,
      name: keys.name,
      environment: keys.environment,
      enabled: keys.enabled,
      revokedAt: keys.revokedAt,
      expiresAt: sql<number | null>`${earliest(keys.expiresAt, keys.lifeEndsAt)}`.mapWith(Number),
      metadata: keys.metadata,
      description: keys.description,
      tags: keys.tags,
      externalId: keys.externalId,
      setBytes: setBytes.mapWith(Number),
      restrictions: setIfSmall<Restrictions>(keys.restrictions),
      reportOnly: setIfSmall<Restrictions | null>(keys.reportOnly),
      reportOnlySince: keys.reportOnlySince,
      limits: keys.limits,
    })
    .from(secrets)
    .innerJoin(keys, eq(keys.id, secrets.keyId))
    .leftJoin(
      importedSecrets,
      and(eq(importedSecrets.secretId, secrets.id), eq(importedSecrets.algorithm, "sha256")),
    )
    .where(oneOf(read, secrets.hash, hashes));
}

/** The project with its plans at `nowMs` (epoch ms) and later; null if there is none. */
export async function loadProject(
  db: Db,
  projectId: string,
  nowMs = Date.now(),
): Promise<ProjectFacts | null> {
  return (await loadProjects(db, [projectId], nowMs)).get(projectId) ?? null;
}

/** The existing projects, by id, with their plans at `nowMs` (epoch ms) and later. */
export async function loadProjects(
  { read }: Db,
  ids: string[],
  nowMs = Date.now(),
): Promise<Map<string, ProjectFacts>> {
  const { apis, planOverrides, projectApis, projects, subscriptions } = read.t;
  const rows = await read.q
    .select({
      id: projects.id,
      suspendedAt: projects.suspendedAt,
      deletedAt: projects.deletedAt,
      limits: projects.limits,
      ceiling: projects.ceiling,
      slug: apis.slug,
      plan: {
        planId: subscriptions.planId,
        startsAt: subscriptions.startsAt,
        endsAt: subscriptions.endsAt,
        overrideTerms: planOverrides.terms,
        overrideEndsAt: planOverrides.endsAt,
        overrideChangedAt: planOverrides.updatedAt,
      },
    })
    .from(projects)
    .leftJoin(projectApis, and(eq(projectApis.projectId, projects.id), eq(projectApis.status, "enabled")))
    .leftJoin(apis, eq(apis.id, projectApis.apiId))
    .leftJoin(
      subscriptions,
      and(
        eq(subscriptions.projectId, projects.id),
        eq(subscriptions.apiId, apis.id),
        or(isNull(subscriptions.endsAt), gt(subscriptions.endsAt, nowMs - CLOCK_TOLERANCE_MS)),
      ),
    )
    .leftJoin(
      planOverrides,
      and(eq(planOverrides.projectId, projects.id), eq(planOverrides.planId, subscriptions.planId)),
    )
    .where(oneOf(read, projects.id, ids));
  const found = new Map<string, ProjectFacts>();
  for (const [id, projectRows] of Map.groupBy(rows, ({ id }) => id)) {
    const [first] = projectRows;
    if (first === undefined) continue;
    found.set(id, {
      id,
      // A deleted project has no live keys; a key that is restored meanwhile is denied.
      suspended: first.suspendedAt !== null || first.deletedAt !== null,
      enabledApis: new Set(projectRows.map(({ slug }) => slug).filter((slug) => slug !== null)),
      limits: first.limits,
      ceiling: first.ceiling,
      plans: periodsOf(projectRows),
    });
  }
  return found;
}

/** The API with its plans; null if it does not exist. */
export async function loadApi(db: Db, slug: string, nowMs = Date.now()): Promise<ApiFacts | null> {
  const row = await readStoredApi(db, slug);
  if (row === null) return null;
  const api = compileApi(row);
  const plans = (await loadApiPlans(db, [slug], nowMs)).get(slug) ?? null;
  return { ...api, plans, bytes: api.bytes + PLAN_BYTES * (plans?.size ?? 0) };
}

/** A plan with two versions of ten limits and some units. */
const PLAN_BYTES = 8_000;

/** The API with this slug as stored; null if it does not exist. */
export async function readStoredApi({ read: { q, t } }: Db, slug: string): Promise<StoredApi | null> {
  // Postgres rejects NUL in a parameter, and no row has one.
  if (slug.includes("\0")) return null;
  const { apis, operations } = t;
  const rows = await q
    .select({
      id: apis.id,
      baseUrl: apis.baseUrl,
      apiBasePaths: apis.basePaths,
      pathMatching: apis.pathMatching,
      allowKeyInUrl: apis.allowKeyInUrl,
      scopes: apis.scopes,
      name: operations.name,
      method: operations.method,
      path: operations.path,
      basePaths: operations.basePaths,
      requiredScopes: operations.requiredScopes,
    })
    .from(apis)
    .leftJoin(operations, eq(operations.apiId, apis.id))
    .where(eq(apis.slug, slug))
    .orderBy(asc(operations.position));
  const [first] = rows;
  if (!first) return null;
  const baseUrlPath = URL.parse(first.baseUrl ?? "")?.pathname;
  return {
    id: first.id,
    slug,
    scopes: first.scopes.map(({ name }) => name),
    operations: rows.flatMap(({ name, method, path, basePaths, requiredScopes }) =>
      name === null ? [] : [{ name, method, path, basePaths, requiredScopes }],
    ),
    basePaths: [...first.apiBasePaths, ...(baseUrlPath ? [baseUrlPath] : [])],
    pathMatching: first.pathMatching === "exact" ? "exact" : "safe",
    allowKeyInUrl: first.allowKeyInUrl,
  };
}

const SERVICE_TOKEN_BYTES = 400;

/** The service of a token with this hash; null for an unknown or revoked one. */
export async function loadServiceToken(db: Db, hash: string): Promise<ServiceTokenFacts | null> {
  const row = await readServiceToken(db, hash);
  return row === null || row.revokedAt !== null ? null : serviceTokenOf(row);
}

/** How long a service may report what it answered before its token ended or lost the permission, ms. */
const REPORT_MS = 60_000;

/** The service of a token that has, or had until a minute ago, the permission for local verification. */
export async function loadRecentLocalService(
  db: Db,
  hash: string,
  nowMs: number,
): Promise<ServiceTokenFacts | null> {
  const row = await readServiceToken(db, hash);
  if (row === null) return null;
  const { localVerification, localVerificationEndedAt, revokedAt } = row;
  const facts = serviceTokenOf(row);
  const permissionEndsAt = localVerification ? null : (localVerificationEndedAt ?? 0);
  const ends = [permissionEndsAt, revokedAt, facts.endsAt].filter((at) => at !== null);
  return ends.every((at) => nowMs < at + REPORT_MS) ? facts : null;
}

async function readServiceToken({ read: { q, t } }: Db, hash: string) {
  const { apis, serviceTokens } = t;
  const [row] = await q
    .select({
      id: serviceTokens.id,
      api: apis.slug,
      trustedProxies: serviceTokens.trustedProxies,
      localVerification: serviceTokens.localVerification,
      localVerificationEndedAt: serviceTokens.localVerificationEndedAt,
      isCurrent: sql<boolean>`${serviceTokens.hash} = ${hash}`.mapWith(Boolean),
      expiresAt: serviceTokens.expiresAt,
      olderEndsAt: serviceTokens.olderEndsAt,
      revokedAt: serviceTokens.revokedAt,
    })
    .from(serviceTokens)
    .leftJoin(apis, eq(apis.id, serviceTokens.apiId))
    .where(or(eq(serviceTokens.hash, hash), eq(serviceTokens.olderHash, hash)));
  return row ?? null;
}

function serviceTokenOf(row: NonNullable<Awaited<ReturnType<typeof readServiceToken>>>): ServiceTokenFacts {
  const { id, api, trustedProxies, localVerification, isCurrent, expiresAt, olderEndsAt } = row;
  const endsAt = isCurrent ? expiresAt : (olderEndsAt ?? 0);
  const bytes = SERVICE_TOKEN_BYTES + compiledBytes({ ...NO_RESTRICTIONS, ips: trustedProxies });
  return {
    id,
    api,
    trustedProxies: compileIps(trustedProxies),
    localVerification,
    endsAt,
    isOlder: !isCurrent,
    bytes,
  };
}
