import { and, asc, eq, isNull } from "drizzle-orm";
import type { KeyFacts, ProjectFacts, SecretFacts } from "#core/facts.ts";
import { compileOperations, type FindOperation } from "#core/operations.ts";
import { type CompiledRestrictions, compileRestrictions, UNRESTRICTED } from "#core/restrictions/compile.ts";
import { compileIps, type IpSet } from "#core/restrictions/ips.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { oneOf } from "#db/one-of.ts";
import type { Db } from "#db/open.ts";

/** A service token that works: who asks, and about what it may. */
export interface ServiceTokenFacts {
  id: string;
  /** Slug of the one API that it may ask about; null for all. */
  api: string | null;
  /** Of the gateway that it is for: whose `X-Forwarded-For` entries are not the caller. */
  trustedProxies: IpSet;
}

export interface ApiFacts {
  id: string;
  slug: string;
  /** Names of its operations; empty when the catalogue doesn't say. */
  operations: ReadonlySet<string>;
  findOperation: FindOperation;
  /** Whether a key may stand in the query of a URL. */
  allowKeyInUrl: boolean;
}

/** A secret's facts, or that its key carries rules that this version can't hold it to. */
export type LoadedSecret = SecretFacts & { enforceable: boolean };

/** The secret with this hash and the key behind it; null when there is none. */
export async function loadSecret(db: Db, hash: string): Promise<LoadedSecret | null> {
  return (await loadSecrets(db, [hash])).get(hash) ?? null;
}

/** By their hash, those of the secrets that there are, and the keys behind them. */
export async function loadSecrets({ read }: Db, hashes: string[]): Promise<Map<string, LoadedSecret>> {
  const { q, t } = read;
  const { keys, secrets } = t;
  const rows = await q
    .select({
      hash: secrets.hash,
      secretId: secrets.id,
      lapsesAt: secrets.lapsesAt,
      id: keys.id,
      projectId: keys.projectId,
      name: keys.name,
      environment: keys.environment,
      enabled: keys.enabled,
      revokedAt: keys.revokedAt,
      expiresAt: keys.expiresAt,
      metadata: keys.metadata,
      restrictions: keys.restrictions,
      trial: keys.trial,
      trialSince: keys.trialSince,
      limits: keys.limits,
    })
    .from(secrets)
    .innerJoin(keys, eq(keys.id, secrets.keyId))
    .where(oneOf(read, secrets.hash, hashes));
  // What is remembered for long shares the texts that many keys have in common.
  const projects = new Map(rows.map(({ projectId }) => [projectId, projectId]));
  return new Map(
    rows.map(({ hash, ...row }) => {
      const projectId = projects.get(row.projectId) ?? row.projectId;
      const environment = row.environment === "live" ? "live" : "test";
      return [hash, secretOf({ ...row, projectId, environment })];
    }),
  );
}

interface SecretRow extends Omit<KeyFacts, "restrictions" | "trial"> {
  secretId: string;
  lapsesAt: number | null;
  restrictions: Restrictions;
  trial: Restrictions | null;
  trialSince: number | null;
}

/** Most keys have none: they share this one. */
const NO_METADATA = Object.freeze({});

function secretOf({
  secretId,
  lapsesAt,
  restrictions,
  trial,
  trialSince,
  metadata,
  ...key
}: SecretRow): LoadedSecret {
  const compiled = tryToCompile(restrictions);
  const tried = trial && tryToCompile(trial);
  return {
    secretId,
    lapsesAt,
    enforceable: compiled !== null,
    key: {
      ...key,
      metadata: Object.keys(metadata).length > 0 ? metadata : NO_METADATA,
      restrictions: compiled ?? UNRESTRICTED,
      trial: tried && { since: trialSince ?? 0, restrictions: tried },
    },
  };
}

/** Null for a set that this version can't read, such as one that was written by hand. */
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
    // A deleted project has no live keys; one that is restored meanwhile passes nowhere.
    suspended: first.suspendedAt !== null || first.deletedAt !== null,
    enabledApis: new Set(rows.map(({ slug }) => slug).filter((slug) => slug !== null)),
    limits: first.limits,
    ceiling: first.ceiling,
  };
}

export async function loadApi({ read: { q, t } }: Db, slug: string): Promise<ApiFacts | null> {
  // Postgres takes no NUL in a parameter, and no entry has one.
  if (slug.includes("\0")) return null;
  const { apis, operations } = t;
  const rows = await q
    .select({
      id: apis.id,
      baseUrl: apis.baseUrl,
      allowKeyInUrl: apis.allowKeyInUrl,
      name: operations.name,
      method: operations.method,
      path: operations.path,
    })
    .from(apis)
    .leftJoin(operations, eq(operations.apiId, apis.id))
    .where(eq(apis.slug, slug))
    .orderBy(asc(operations.position));
  const [first] = rows;
  if (!first) return null;
  const places = rows.flatMap(({ name, method, path }) => (name === null ? [] : [{ name, method, path }]));
  return {
    id: first.id,
    slug,
    operations: new Set(places.map(({ name }) => name)),
    findOperation: compileOperations(places, first.baseUrl),
    allowKeyInUrl: first.allowKeyInUrl,
  };
}

export async function loadServiceToken(
  { read: { q, t } }: Db,
  hash: string,
): Promise<ServiceTokenFacts | null> {
  const { apis, serviceTokens } = t;
  const [row] = await q
    .select({ id: serviceTokens.id, api: apis.slug, trustedProxies: serviceTokens.trustedProxies })
    .from(serviceTokens)
    .leftJoin(apis, eq(apis.id, serviceTokens.apiId))
    .where(and(eq(serviceTokens.hash, hash), isNull(serviceTokens.revokedAt)));
  return row ? { ...row, trustedProxies: compileIps(row.trustedProxies) } : null;
}
