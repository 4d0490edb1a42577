import { and, asc, desc, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { NO_LIMITS } from "#core/limits/types.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import { DomainError, notFound } from "../errors.ts";
import type { Person } from "../fields.ts";
import type { Key, KeyRef, KeySecret } from "./schema.ts";
import { endedBy, endOf, keyStatusOf, RESTORABLE_MS } from "./status.ts";

export type KeyRow = Tables["keys"]["$inferSelect"];
export type SecretRow = Omit<Tables["secrets"]["$inferSelect"], "hash" | "disablesKeyAt" | "temporary">;

/** The key's row, if it belongs to this project. Throws `not-found` otherwise. */
export async function mustFindKey(scope: Scope, { projectId, keyId }: KeyRef): Promise<KeyRow> {
  if (!/^\w+$/.test(keyId)) throw notFound("key");
  const { keys } = scope.t;
  const [row] = await scope.q
    .select()
    .from(keys)
    .where(and(eq(keys.id, keyId), eq(keys.projectId, projectId)));
  if (!row) throw notFound("key");
  return row;
}

/** Locks the key's row until the transaction ends, so that concurrent changes of one key run one after the other. */
export async function lockKey(tx: Tx, ref: KeyRef): Promise<KeyRow> {
  const { keys } = tx.t;
  await tx.q
    .update(keys)
    .set({ id: sql`${keys.id}` })
    .where(and(eq(keys.id, ref.keyId), eq(keys.projectId, ref.projectId)));
  return mustFindKey(tx, ref);
}

/** Like `lockKey`, but throws `conflict` for a revoked key. */
export async function lockActiveKey(tx: Tx, ref: KeyRef): Promise<KeyRow> {
  const row = await lockKey(tx, ref);
  if (row.revokedAt !== null) {
    throw new DomainError("conflict", "This key is revoked. Restore it first, or create another key.");
  }
  return row;
}

/** Keys as the API shows them, in the order of `rows`, with their working secrets. */
export async function presentKeys(scope: Scope, rows: KeyRow[], nowMs: number): Promise<Key[]> {
  if (rows.length === 0) return [];
  const { secrets } = scope.t;
  const ids = rows.map((row) => row.id);
  const secretRows = await scope.q
    .select({
      id: secrets.id,
      keyId: secrets.keyId,
      hint: secrets.hint,
      createdAt: secrets.createdAt,
      overlapEndsAt: secrets.overlapEndsAt,
      lastUsedAt: secrets.lastUsedAt,
    })
    .from(secrets)
    .where(
      and(
        inArray(secrets.keyId, ids),
        eq(secrets.temporary, false),
        or(isNull(secrets.overlapEndsAt), gt(secrets.overlapEndsAt, nowMs)),
      ),
    )
    // Of two secrets created in the same millisecond, the current one has no end.
    .orderBy(desc(secrets.createdAt), sql`${secrets.overlapEndsAt} is not null`, desc(secrets.overlapEndsAt));
  const nameOf = await namesOf(scope, rows);
  const secretsOf = Map.groupBy(secretRows, (secret: SecretRow) => secret.keyId);
  return rows.map((row) => {
    const id = row.createdByToken ?? row.createdBy;
    return presentKey(row, secretsOf.get(row.id) ?? [], { id, name: nameOf.get(id) ?? "" }, nowMs);
  });
}

/** The names of the users and project tokens that created the keys, by id. */
async function namesOf({ q, t }: Scope, rows: KeyRow[]): Promise<Map<string, string>> {
  const { managementTokens, users } = t;
  const userIds = [...new Set(rows.map((row) => row.createdBy))];
  const tokenIds = [...new Set(rows.flatMap((row) => row.createdByToken ?? []))];
  const people = await q
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, userIds));
  const tokens =
    tokenIds.length === 0
      ? []
      : await q
          .select({ id: managementTokens.id, name: managementTokens.name })
          .from(managementTokens)
          .where(inArray(managementTokens.id, tokenIds));
  return new Map([...people, ...tokens].map(({ id, name }) => [id, name]));
}

/** One key as the API shows it, read in the transaction that changed it. */
export async function readKey(scope: Scope, ref: KeyRef, nowMs: number): Promise<Key> {
  const [key] = await presentKeys(scope, [await mustFindKey(scope, ref)], nowMs);
  if (!key) throw notFound("key");
  return key;
}

/** Locks the rows of many keys until the transaction ends. */
export async function lockKeys(tx: Tx, keyIds: string[]): Promise<KeyRow[]> {
  const { keys } = tx.t;
  const these = oneOf(tx, keys.id, keyIds);
  await lock(tx, these);
  return tx.q.select().from(keys).where(these).orderBy(asc(keys.id));
}

/** Locks all keys of a project until the transaction ends. */
export async function lockProjectKeys(tx: Tx, projectId: string): Promise<void> {
  await lock(tx, eq(tx.t.keys.projectId, projectId));
}

/** Locks the rows in one fixed order, so that two transactions that lock many keys can't deadlock. */
async function lock(tx: Tx, which: SQL): Promise<void> {
  if (tx.dialect !== "postgres") return;
  const { keys } = tx.t;
  await tx.q.select({ held: sql`count(*)` }).from(
    sql`(select 1 from ${keys} where ${which}
            order by ${keys.id} collate "C" for no key update) as held`,
  );
}

/** A key as the API returns it. `secrets` are the newest first, and never empty. */
export function presentKey(row: KeyRow, secrets: SecretRow[], createdBy: Person, nowMs: number): Key {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    environment: row.environment,
    status: keyStatusOf(row, nowMs),
    hint: secrets[0]?.hint ?? "",
    createdAt: iso(row.createdAt),
    createdBy,
    expiresAt: isoOrNull(endOf(row)),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
    endedBy: endedBy(row),
    approval: row.approval && { status: row.approval, at: iso(row.approvalAt ?? row.createdAt) },
    restorableUntil: row.revokedAt === null ? null : iso(row.revokedAt + RESTORABLE_MS),
    restrictions: row.restrictions,
    trial: row.reportOnly,
    trialSince: isoOrNull(row.reportOnlySince),
    limits: row.limits ?? NO_LIMITS,
    metadata: row.metadata,
    description: row.description,
    tags: row.tags,
    externalId: row.externalId,
    secrets: secrets.map(presentSecret),
  };
}

function presentSecret(secret: SecretRow): KeySecret {
  return {
    id: secret.id,
    hint: secret.hint,
    createdAt: iso(secret.createdAt),
    lapsesAt: isoOrNull(secret.overlapEndsAt),
    lastUsedAt: isoOrNull(secret.lastUsedAt),
  };
}
