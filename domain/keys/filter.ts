import { and, eq, exists, inArray, isNotNull, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { hasAttribute, hasTag, metadataName } from "./attributes.ts";
import { ANY_API } from "./restrictions/stored.ts";
import type { ImportedFilter, KeyStatus, RestrictedFilter } from "./schema.ts";
import { keyContains } from "./search/contains.ts";
import { hasStatus } from "./status.ts";

export interface KeyFilter {
  keyIds?: readonly string[] | undefined;
  /** Part of a name, hint, description, tag or external ID, or a whole ID. */
  search?: string | undefined;
  tag?: string | undefined;
  externalId?: string | undefined;
  /** Values of the metadata as text; all must be equal. */
  metadata?: Record<string, string> | undefined;
  status?: KeyStatus | undefined;
  environment?: "live" | "test" | undefined;
  api?: string | undefined;
  restricted?: RestrictedFilter | undefined;
  imported?: ImportedFilter | undefined;
  approval?: "pending" | undefined;
}

/** Matches keys by the user's filter. */
export function whereKeys(scope: Scope, filter: KeyFilter, nowMs: number): SQL | undefined {
  const { keys } = scope.t;
  const { search, status, environment, api, restricted, imported, tag, externalId, metadata = {} } = filter;
  return and(
    filter.keyIds && inArray(keys.id, [...filter.keyIds]),
    status && hasStatus(keys, status, nowMs),
    environment && eq(keys.environment, environment),
    api === undefined ? undefined : mayCall(scope, api),
    restricted && isRestricted(keys.restrictedBy, restricted),
    imported && isImported(scope, imported),
    filter.approval && and(eq(keys.approval, "pending"), eq(keys.enabled, false), isNull(keys.revokedAt)),
    tag === undefined ? undefined : hasTag(scope, tag),
    externalId === undefined ? undefined : eq(keys.externalId, externalId),
    ...Object.entries(metadata).map(([name, value]) => hasAttribute(scope, metadataName(name), value)),
    search ? keyContains(scope, search) : undefined,
  );
}

/** The column stores the restricting types, as `restrictedBy` in core writes them. */
function isRestricted(column: Scope["t"]["keys"]["restrictedBy"], how: RestrictedFilter): SQL {
  switch (how) {
    case "none":
      return eq(column, "");
    case "no-application":
      return inArray(column, ["", "apis"]);
    case "application":
      return notInArray(column, ["", "apis"]);
  }
}

/** Matches keys that were imported, by whether the imported token was used since. */
function isImported({ q, t: { importedSecrets, keys, secrets } }: Scope, which: ImportedFilter): SQL {
  const used = which === "seen" ? isNotNull(secrets.lastUsedAt) : isNull(secrets.lastUsedAt);
  return exists(
    q
      .select({ one: sql`1` })
      .from(secrets)
      .innerJoin(importedSecrets, eq(importedSecrets.secretId, secrets.id))
      .where(and(eq(secrets.keyId, keys.id), used)),
  );
}

/** Matches keys that may call this API: they name it, or name no API. */
function mayCall({ q, t: { keys, keyApis } }: Scope, slug: string): SQL {
  const isSameKey = and(eq(keyApis.projectId, keys.projectId), eq(keyApis.keyId, keys.id));
  return exists(
    q
      .select({ one: sql`1` })
      .from(keyApis)
      .where(and(isSameKey, inArray(keyApis.api, [ANY_API, slug]))),
  );
}
