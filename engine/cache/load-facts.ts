import { and, asc, type Column, eq, isNull, or, sql } from "drizzle-orm";
import type { ProjectFacts, SecretFacts } from "#core/facts.ts";
import { compileOperations, type FindOperation } from "#core/operations/compile.ts";
import { type CompiledRestrictions, compileRestrictions, UNRESTRICTED } from "#core/restrictions/compile.ts";
import { compiledBytes } from "#core/restrictions/compiled-bytes.ts";
import { compileIps, type IpSet } from "#core/restrictions/ips.ts";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { jsonBytes, oneOf } from "#db/portable-sql.ts";

/** A secret of a service token that is not revoked, and the APIs it may verify keys for. */
export interface ServiceTokenFacts {
  id: string;
  /** Slug of the only API that it may verify keys for; null for all. */
  api: string | null;
  /** The trusted proxies of its gateway: their entries in `X-Forwarded-For` are not the caller. */
  trustedProxies: IpSet;
  /** When the secret stops working, epoch ms: its expiry, or the end of its overlap; null for never. */
  endsAt: number | null;
  /** Approximate size in memory, bytes. */
  bytes: number;
}

export interface ApiFacts {
  id: string;
  slug: string;
  /** Names of its operations; empty if none are listed. */
  operations: ReadonlySet<string>;
  findOperation: FindOperation;
  /** Whether a key may be sent in the query of a URL. */
  allowKeyInUrl: boolean;
  /** Approximate size in memory, bytes, including the tree for finding operations once it is built. */
  bytes: number;
}

/** A secret's facts. Not `enforceable` if its key has restrictions that this version can't evaluate. */
export interface LoadedSecret extends SecretFacts {
  enforceable: boolean;
  /** Approximate size in memory, bytes. */
  bytes: number;
}

/** Keys whose sets have more bytes than this as JSON are read one at a time: many at once could exhaust memory. */
const LARGE_BYTES = 1_024;
/** The largest number that Postgres can compare with a length. */
const WHATEVER_SIZE = 2 ** 31 - 1;

/** The secret with this hash, and its key; null if it does not exist. */
export async function loadSecret(db: Db, hash: string): Promise<LoadedSecret | null> {
  const [row] = await readSecrets(db, [hash], WHATEVER_SIZE);
  return row ? secretOf(row) : null;
}

/** The existing secrets and their keys, by hash; `large` for a key that must be read individually. */
export async function loadSecrets(db: Db, hashes: string[]): Promise<Map<string, LoadedSecret | "large">> {
  const rows = await readSecrets(db, hashes, LARGE_BYTES);
  // Cached facts share the texts that many keys have in common.
  const projects = new Map(rows.map(({ projectId }) => [projectId, projectId]));
  return new Map(
    rows.map(({ hash, ...row }): [string, LoadedSecret | "large"] => {
      if (row.setBytes > LARGE_BYTES) return [hash, "large"];
      return [hash, secretOf({ ...row, projectId: projects.get(row.projectId) ?? row.projectId })];
    }),
  );
}

/** The rows of these secrets. Sets with more than `maxBytes` are omitted. */
function readSecrets({ read }: Db, hashes: string[], maxBytes: number) {
  const { q, t } = read;
  const { keys, secrets } = t;
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
      id: keys.id,
      projectId: keys.projectId,
      name: keys.name,
      environment: keys.environment,
      enabled: keys.enabled,
      revokedAt: keys.revokedAt,
      expiresAt: keys.expiresAt,
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
    .where(oneOf(read, secrets.hash, hashes));
}

type SecretRow = Omit<Awaited<ReturnType<typeof readSecrets>>[number], "hash">;

/** A key without sets, metadata and limits, including its cache entry: measured and rounded up. */
const SECRET_BYTES = 540;

/** Shared by all keys without any, which are most. */
const NO_METADATA = Object.freeze({});
const NO_TAGS = Object.freeze([]) as readonly string[] as string[];

function secretOf({
  secretId,
  overlapEndsAt,
  restrictions,
  reportOnly,
  reportOnlySince,
  metadata,
  tags,
  setBytes: _,
  ...key
}: SecretRow): LoadedSecret {
  const compiled = tryToCompile(restrictions);
  const compiledReportOnly = reportOnly && tryToCompile(reportOnly);
  const { name, description, externalId, limits } = key;
  const facts = JSON.stringify([name, metadata, description, tags, externalId, limits]).length * 2;
  const sets = [
    compiled && compiled !== UNRESTRICTED ? restrictions : null,
    compiledReportOnly && reportOnly,
  ];
  return {
    bytes: sets.reduce((bytes, set) => bytes + (set ? compiledBytes(set) : 0), SECRET_BYTES + facts),
    secretId,
    overlapEndsAt,
    enforceable: compiled !== null,
    key: {
      ...key,
      environment: key.environment === "live" ? "live" : "test",
      metadata: Object.keys(metadata).length > 0 ? metadata : NO_METADATA,
      tags: tags.length > 0 ? tags : NO_TAGS,
      restrictions: compiled ?? UNRESTRICTED,
      reportOnly: compiledReportOnly && { since: reportOnlySince ?? 0, restrictions: compiledReportOnly },
    },
  };
}

/** Null for a set that this version can't read, for example because it was written by hand. */
function tryToCompile(restrictions: Restrictions): CompiledRestrictions | null {
  try {
    return compileRestrictions(restrictions);
  } catch {
    return null;
  }
}

export async function loadProject({ read: { q, t } }: Db, projectId: string): Promise<ProjectFacts | null> {
  const { apis, projectApis, projects } = t;
  const rows = await q
    .select({
      suspendedAt: projects.suspendedAt,
      deletedAt: projects.deletedAt,
      limits: projects.limits,
      ceiling: projects.ceiling,
      slug: apis.slug,
    })
    .from(projects)
    .leftJoin(projectApis, and(eq(projectApis.projectId, projects.id), eq(projectApis.status, "enabled")))
    .leftJoin(apis, eq(apis.id, projectApis.apiId))
    .where(eq(projects.id, projectId));
  const [first] = rows;
  if (!first) return null;
  return {
    id: projectId,
    // A deleted project has no live keys; a key that is restored meanwhile is denied.
    suspended: first.suspendedAt !== null || first.deletedAt !== null,
    enabledApis: new Set(rows.map(({ slug }) => slug).filter((slug) => slug !== null)),
    limits: first.limits,
    ceiling: first.ceiling,
  };
}

export async function loadApi({ read: { q, t } }: Db, slug: string): Promise<ApiFacts | null> {
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
      name: operations.name,
      method: operations.method,
      path: operations.path,
      basePaths: operations.basePaths,
    })
    .from(apis)
    .leftJoin(operations, eq(operations.apiId, apis.id))
    .where(eq(apis.slug, slug))
    .orderBy(asc(operations.position));
  const [first] = rows;
  if (!first) return null;
  const places = rows.flatMap(({ name, method, path, basePaths }) =>
    name === null ? [] : [{ name, method, path, basePaths }],
  );
  const ofAddress = URL.parse(first.baseUrl ?? "")?.pathname;
  return {
    id: first.id,
    slug,
    operations: new Set(places.map(({ name }) => name)),
    findOperation: compileOperations(places, {
      basePaths: [...first.apiBasePaths, ...(ofAddress ? [ofAddress] : [])],
      pathMatching: first.pathMatching === "exact" ? "exact" : "safe",
    }),
    allowKeyInUrl: first.allowKeyInUrl,
    bytes: apiBytes(places),
  };
}

/** An API in the cache, including the names counted for an API without listed operations. */
const API_BYTES = 50_000;
/** An operation in the tree, with and without the base path: measured with paths of three segments. */
const OPERATION_BYTES = 6_000;

function apiBytes(places: readonly { name: string; path: string | null }[]): number {
  return places.reduce(
    (bytes, { name, path }) => {
      if (path === null) return bytes + 150 + name.length;
      return bytes + OPERATION_BYTES + name.length + 8 * path.length;
    },
    places.length > 0 ? 1_000 : API_BYTES,
  );
}

const SERVICE_TOKEN_BYTES = 400;

export async function loadServiceToken(
  { read: { q, t } }: Db,
  hash: string,
): Promise<ServiceTokenFacts | null> {
  const { apis, serviceTokens } = t;
  const [row] = await q
    .select({
      id: serviceTokens.id,
      api: apis.slug,
      trustedProxies: serviceTokens.trustedProxies,
      isCurrent: sql<boolean>`${serviceTokens.hash} = ${hash}`.mapWith(Boolean),
      expiresAt: serviceTokens.expiresAt,
      olderEndsAt: serviceTokens.olderEndsAt,
    })
    .from(serviceTokens)
    .leftJoin(apis, eq(apis.id, serviceTokens.apiId))
    .where(
      and(
        or(eq(serviceTokens.hash, hash), eq(serviceTokens.olderHash, hash)),
        isNull(serviceTokens.revokedAt),
      ),
    );
  if (!row) return null;
  const { id, api, trustedProxies, isCurrent, expiresAt, olderEndsAt } = row;
  const endsAt = isCurrent ? expiresAt : (olderEndsAt ?? 0);
  const bytes = SERVICE_TOKEN_BYTES + compiledBytes({ ...NO_RESTRICTIONS, ips: trustedProxies });
  return { id, api, trustedProxies: compileIps(trustedProxies), endsAt, bytes };
}
