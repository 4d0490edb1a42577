import { type ApiScopes, compileScopes, type RequiredScopes } from "#core/api-scopes/required.ts";
import type { SecretFacts } from "#core/facts.ts";
import type { Limits } from "#core/limits/types.ts";
import { compileOperations, type FindOperation, type OperationTemplate } from "#core/operations/compile.ts";
import type { PlanFacts } from "#core/plans/periods.ts";
import { type CompiledRestrictions, compileRestrictions, UNRESTRICTED } from "#core/restrictions/compile.ts";
import { compiledBytes } from "#core/restrictions/compiled-bytes.ts";
import type { Restrictions } from "#core/restrictions/types.ts";

/*
 * Facts as they are stored, and compiled for checks. Without database access, because services that verify keys in
 * their own process compile them too: see `engine/sync/`.
 */

export interface ApiFacts {
  id: string;
  slug: string;
  /** Names of its operations; empty if none are listed. */
  operations: ReadonlySet<string>;
  findOperation: FindOperation;
  /** Null if it has no scopes. */
  scopes: ApiScopes | null;
  /** Whether a key may be sent in the query of a URL. */
  allowKeyInUrl: boolean;
  /** Its plans by id; null if it has none. */
  plans: ReadonlyMap<string, PlanFacts> | null;
  /** Approximate size in memory, bytes, including the tree for finding operations once it is built. */
  bytes: number;
}

/** A secret's facts. Not `enforceable` if its key has restrictions that this version can't evaluate. */
export interface LoadedSecret extends SecretFacts {
  enforceable: boolean;
  /** When it was imported, if nobody has used it since (epoch ms); else null. */
  unconfirmedSince: number | null;
  /** Approximate size in memory, bytes. */
  bytes: number;
}

/** A secret and its key as stored. Instants are epoch ms. */
export interface StoredSecret {
  secretId: string;
  overlapEndsAt: number | null;
  /**
   * When it was imported in a format that is not this deployment's, if nobody has used it since: an earlier import of
   * the same token by another hash takes precedence. Null for all other secrets.
   */
  unconfirmedSince: number | null;
  id: string;
  projectId: string;
  name: string;
  environment: string;
  enabled: boolean;
  revokedAt: number | null;
  expiresAt: number | null;
  metadata: Record<string, unknown>;
  description: string;
  tags: string[];
  externalId: string | null;
  /** The size of both sets as JSON, bytes. */
  setBytes: number;
  restrictions: Restrictions;
  reportOnly: Restrictions | null;
  reportOnlySince: number | null;
  limits: Limits | null;
}

/** A key without sets, metadata and limits, including its cache entry: measured and rounded up. */
const SECRET_BYTES = 540;

/** Shared by all keys without any, which are most. */
const NO_METADATA = Object.freeze({});
const NO_TAGS = Object.freeze([]) as readonly string[] as string[];

/** The facts of a secret, compiled once. */
export function compileSecret({
  secretId,
  overlapEndsAt,
  unconfirmedSince,
  restrictions,
  reportOnly,
  reportOnlySince,
  metadata,
  tags,
  setBytes: _,
  ...key
}: StoredSecret): LoadedSecret {
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
    unconfirmedSince,
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

/** An operation as stored. */
export interface OperationRow extends OperationTemplate {
  /** Alternatives; null if it needs no scope. */
  requiredScopes: RequiredScopes | null;
}

/** An API and its operations as stored. */
export interface StoredApi {
  id: string;
  slug: string;
  /** Names of the scopes that it declares. */
  scopes: string[];
  operations: OperationRow[];
  basePaths: string[];
  pathMatching: "exact" | "safe";
  allowKeyInUrl: boolean;
}

/** The facts of an API, compiled once. */
export function compileApi({
  id,
  slug,
  scopes,
  operations,
  basePaths,
  pathMatching,
  allowKeyInUrl,
}: StoredApi): ApiFacts {
  return {
    id,
    slug,
    operations: new Set(operations.map(({ name }) => name)),
    findOperation: compileOperations(operations, { basePaths, pathMatching }),
    scopes: compileScopes(scopes, operations),
    allowKeyInUrl,
    plans: null,
    bytes: apiBytes(operations) + scopeBytes(scopes, operations),
  };
}

/** An API in the cache, including the names counted for an API without listed operations. */
const API_BYTES = 50_000;
/** An operation in the tree, with and without the base path: measured with paths of three segments. */
const OPERATION_BYTES = 6_000;

function apiBytes(operations: readonly { name: string; path: string | null }[]): number {
  return operations.reduce(
    (bytes, { name, path }) => {
      if (path === null) return bytes + 150 + name.length;
      return bytes + OPERATION_BYTES + name.length + 8 * path.length;
    },
    operations.length > 0 ? 1_000 : API_BYTES,
  );
}

/** A scope's name with its place in a list, and an operation's entry in the map of requirements. */
const SCOPE_BYTES = 80;
const REQUIREMENT_BYTES = 60;

function scopeBytes(scopes: readonly string[], operations: readonly OperationRow[]): number {
  const named = (names: readonly string[]) =>
    names.reduce((bytes, name) => bytes + SCOPE_BYTES + name.length, 0);
  if (operations.every(({ requiredScopes }) => requiredScopes === null)) return named(scopes);
  // Equal requirements share one object.
  const distinct = new Map(
    operations.map(({ requiredScopes }) => [JSON.stringify(requiredScopes), requiredScopes]),
  );
  const required = [...distinct.values()].flatMap((alternatives) => alternatives ?? []);
  return required.reduce(
    (bytes, all) => bytes + SCOPE_BYTES + named(all),
    named(scopes) + operations.length * REQUIREMENT_BYTES,
  );
}
