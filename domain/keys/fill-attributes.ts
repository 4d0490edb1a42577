import { asc, gt, sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { keyAttributesOf } from "./attributes.ts";

/** Keys per transaction, so that other changes wait only briefly. */
const PAGE = 500;
/** A key that is always being changed is left to the next start. */
const MAX_PASSES = 5;
const STEP_MS = 500;

/** The result of one page of keys. */
interface FilledPage {
  /** Keys whose rows were written. */
  filled: number;
  /** Keys that were being changed and are left. */
  left: number;
  /** Where the next page starts; null after the last. */
  next: string | null;
}

/**
 * Writes the rows of `key_attributes` of all keys that an older version stored without them, so that filters find their
 * metadata. It can be interrupted, repeated, and run by several processes. Returns the number of keys.
 */
export async function fillKeyAttributes(db: Db): Promise<number> {
  const filler = new AttributeFiller(() => 0);
  await filler.run(db);
  return filler.filled;
}

/** Does the same in steps, so that a process that stops waits for one page at most. */
export class AttributeFiller {
  /** Keys whose rows were written. */
  filled = 0;
  #after: string | null = "";
  #left = 0;
  #passes = 1;
  readonly #clock: () => number;

  /** `clock`: monotonic ms. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Goes on for half a second, or until all keys are done. */
  async run(db: Db): Promise<void> {
    const startedAt = this.#clock();
    while (this.#after !== null && this.#clock() - startedAt < STEP_MS) {
      const page = await fillPage(db, this.#after);
      this.filled += page.filled;
      this.#left += page.left;
      this.#after = page.next ?? this.#nextPass();
    }
  }

  #nextPass(): string | null {
    if (this.#left === 0 || this.#passes === MAX_PASSES) return null;
    this.#passes++;
    this.#left = 0;
    return "";
  }
}

/** Fills one page of keys, with ids greater than `after`. */
async function fillPage(db: Db, after: string): Promise<FilledPage> {
  const { keyAttributes, keys } = db.read.t;
  const has = sql`exists (select 1 from ${keyAttributes} where ${keyAttributes.keyId} = ${keys.id})`;
  const isMissing = sql<number>`case when ${keys.metadata} = '{}' or ${has} then 0 else 1 end`;
  const page = await db.read.q
    .select({ id: keys.id, isMissing })
    .from(keys)
    .where(gt(keys.id, after))
    .orderBy(asc(keys.id))
    .limit(PAGE);
  const missing = page.filter((row) => row.isMissing === 1).map(({ id }) => id);
  const done = missing.length === 0 ? { filled: 0, seen: 0 } : await fillKeys(db, missing);
  const next = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
  return { filled: done.filled, left: missing.length - done.seen, next };
}

async function fillKeys(db: Db, ids: string[]): Promise<{ filled: number; seen: number }> {
  return db.write(async (tx) => {
    const { keyAttributes, keys } = tx.t;
    const { id, projectId, tags, metadata } = keys;
    const some = tx.q
      .select({ id, projectId, tags, metadata })
      .from(keys)
      .where(oneOf(tx, id, ids));
    // Locked, so that no concurrent change of the metadata is overwritten. Waiting for several could deadlock.
    const rows = await (tx.dialect === "postgres" ? some.for("update", { skipLocked: true }) : some);
    const values = rows.flatMap(keyAttributesOf);
    const written = [];
    // SQLite allows 32,766 parameters, Postgres 65,535; a key has at most 70 rows of 4.
    for (let i = 0; i < values.length; i += 5_000) {
      const inserted = tx.q.insert(keyAttributes).values(values.slice(i, i + 5_000));
      written.push(...(await inserted.onConflictDoNothing().returning({ keyId: keyAttributes.keyId })));
    }
    return { filled: new Set(written.map(({ keyId }) => keyId)).size, seen: rows.length };
  });
}
