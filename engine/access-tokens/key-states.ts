import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { earliest, loadProjects } from "../cache/load-facts.ts";
import { type AccessTokenClaims, secretOf } from "./issued-token.ts";

/** A key as far as its access tokens depend on it. */
export interface KeyState {
  keyId: string;
  projectId: string;
  /** Whether the key is revoked or disabled. */
  isEnded: boolean;
  /** Epoch ms. It may have been brought forward since a token was issued. */
  expiresAt: number | null;
  /** The secrets that were replaced, and when each stopped or stops working, epoch ms. */
  replaced: { secretId: string; endsAt: number }[];
}

/** The keys with these ids that exist. */
export async function readKeyStates({ read }: Db, ids: readonly string[]): Promise<KeyState[]> {
  if (ids.length === 0) return [];
  const { keys, secrets } = read.t;
  const rows = await read.q
    .select({
      keyId: keys.id,
      projectId: keys.projectId,
      enabled: keys.enabled,
      revokedAt: keys.revokedAt,
      expiresAt: sql<number | null>`${earliest(keys.expiresAt, keys.lifeEndsAt)}`.mapWith(Number),
      secretId: secrets.id,
      endsAt: secrets.overlapEndsAt,
    })
    .from(keys)
    .innerJoin(secrets, eq(secrets.keyId, keys.id))
    .where(oneOf(read, keys.id, ids));
  return [...Map.groupBy(rows, ({ keyId }) => keyId).values()].flatMap((secretRows) => {
    const [first] = secretRows;
    if (first === undefined) return [];
    const { keyId, projectId, enabled, revokedAt, expiresAt } = first;
    const replaced = secretRows.flatMap(({ secretId, endsAt }) =>
      endsAt === null ? [] : [{ secretId, endsAt }],
    );
    return [{ keyId, projectId, isEnded: !enabled || revokedAt !== null, expiresAt, replaced }];
  });
}

/** Whether the key, secret, project and API of an unexpired token still are what it was issued for. */
export async function isStillValid(
  db: Db,
  { sub, aud, jti, latchkey }: AccessTokenClaims,
  nowMs: number,
): Promise<boolean> {
  const [key] = await readKeyStates(db, [sub]);
  if (key === undefined || key.isEnded) return false;
  if (key.expiresAt !== null && nowMs >= key.expiresAt) return false;
  if (key.replaced.some(({ secretId, endsAt }) => secretId === secretOf(jti) && nowMs >= endsAt))
    return false;
  const project = (await loadProjects(db, [latchkey.project])).get(key.projectId);
  if (project === undefined || project.suspended || !project.enabledApis.has(aud)) return false;
  const { revokedTokens } = db.read.t;
  const [revoked] = await db.read.q
    .select({ id: revokedTokens.id })
    .from(revokedTokens)
    .where(eq(revokedTokens.id, jti));
  return revoked === undefined;
}

/** The revoked tokens of these keys that have not expired. */
export function readRevokedTokens({ read: { q, t } }: Db, keyIds: readonly string[], nowMs: number) {
  const { revokedTokens } = t;
  return q
    .select({ jti: revokedTokens.id, expiresAt: revokedTokens.expiresAt })
    .from(revokedTokens)
    .where(and(inArray(revokedTokens.keyId, [...keyIds]), gt(revokedTokens.expiresAt, nowMs)));
}
