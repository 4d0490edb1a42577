import { asc, gt, sql } from "drizzle-orm";
import type { Db, Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { isSearchIndexComplete, SEARCH_INDEX_JOB } from "./search-index.ts";

/** Rows per transaction, so that other changes wait only briefly. */
const PAGE = 1_000;
/** Keys that are still being changed after so many passes are left to the portal. */
const MAX_PASSES = 5;
const STEP_MS = 500;

/**
 * Adds the texts of all keys that an older version wrote to the index, and declares it complete. Can be interrupted,
 * repeated, and run by several processes. Returns the number of keys that were added.
 */
export async function fillSearchIndex(db: Db, now: () => number): Promise<number> {
  const filler = new SearchIndexFiller({ now, clock: () => 0 });
  for (let pass = 0; pass < MAX_PASSES && !filler.isComplete; pass++) await filler.run(db);
  return filler.added;
}

interface Clocks {
  /** Epoch ms. */
  now: () => number;
  /** Monotonic ms. */
  clock: () => number;
}

/** Does the same in steps, so that a process that stops waits for one page at most. */
export class SearchIndexFiller {
  /** Keys that were added. */
  added = 0;
  isComplete = false;
  readonly #clocks: Clocks;
  #part: "keys" | "secrets" = "secrets";
  #after = "";
  /** Whether keys were left out of this pass, because they were being changed. */
  #leftSome = false;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  /** Goes on for half a second, or until all rows are done. Run it again while the index is not complete. */
  async run(db: Db): Promise<void> {
    this.isComplete ||= await isSearchIndexComplete(db.read);
    const startedAt = this.#clocks.clock();
    while (!this.isComplete && this.#clocks.clock() - startedAt < STEP_MS) {
      if (await this.#step(db)) return;
    }
  }

  /** Adds one page. Resolves with whether the pass is over. */
  async #step(db: Db): Promise<boolean> {
    const page = await (this.#part === "keys" ? keysAfter : secretsAfter)(db.read, this.#after);
    const missing = await missingOf(
      db.read,
      page.map(({ id }) => id),
    );
    if (missing.length > 0) await this.#add(db, missing);
    const isLast = page.length < PAGE;
    this.#after = isLast ? "" : (page.at(-1)?.id ?? "");
    if (!isLast) return false;
    if (this.#part === "secrets") {
      this.#part = "keys";
      return false;
    }
    if (!this.#leftSome) {
      await declareComplete(db, this.#clocks.now());
      this.isComplete = true;
    }
    this.#leftSome = false;
    return true;
  }

  async #add(db: Db, missing: string[]): Promise<void> {
    if (this.#part === "secrets") {
      await db.write((tx) => addSecrets(tx, missing));
      return;
    }
    const added = await db.write((tx) => addKeys(tx, missing));
    this.added += added;
    this.#leftSome ||= added < missing.length;
  }
}

/** The ids after this one, in order. */
function keysAfter({ q, t: { keys } }: Scope, after: string): Promise<{ id: string }[]> {
  return q.select({ id: keys.id }).from(keys).where(gt(keys.id, after)).orderBy(asc(keys.id)).limit(PAGE);
}

function secretsAfter({ q, t: { secrets } }: Scope, after: string): Promise<{ id: string }[]> {
  return q
    .select({ id: secrets.id })
    .from(secrets)
    .where(gt(secrets.id, after))
    .orderBy(asc(secrets.id))
    .limit(PAGE);
}

/** Those of the ids that are not in the index. A join with a page would read the whole index on Postgres. */
async function missingOf(scope: Scope, ids: string[]): Promise<string[]> {
  const { source } = scope.t.searchTexts;
  const rows = await scope.q
    .select({ source })
    .from(scope.t.searchTexts)
    .where(oneOf(scope, source, ids));
  const found = new Set(rows.map((row) => row.source));
  return ids.filter((id) => !found.has(id));
}

/** Locks the keys, so that no text is older than its key. Waiting for several could deadlock. */
async function addKeys(tx: Tx, ids: string[]): Promise<number> {
  const { id, name, description, externalId, tags } = tx.t.keys;
  const some = tx.q
    .select({ id, name, description, externalId, tags, lowerName: sql<string>`lower(${name})` })
    .from(tx.t.keys)
    .where(oneOf(tx, id, ids));
  const rows = await (tx.dialect === "postgres" ? some.for("no key update", { skipLocked: true }) : some);
  await addTexts(
    tx,
    rows.map((key) => ({
      source: key.id,
      keyId: key.id,
      name: key.lowerName,
      // As the triggers of the migration do.
      text: [key.name, key.description, key.externalId ?? "", key.tags.join("\n")].join("\n"),
    })),
  );
  return rows.length;
}

async function addSecrets(tx: Tx, ids: string[]): Promise<void> {
  const { id, keyId, hint } = tx.t.secrets;
  const rows = await tx.q
    .select({ source: id, keyId, text: hint })
    .from(tx.t.secrets)
    .where(oneOf(tx, id, ids))
    .orderBy(asc(id));
  await addTexts(
    tx,
    rows.map((row) => ({ ...row, name: "" })),
  );
}

/** A text that is there meanwhile was written by a trigger, or by another process that does the same. */
async function addTexts(tx: Tx, rows: Tx["t"]["searchTexts"]["$inferInsert"][]): Promise<void> {
  if (rows.length > 0) await tx.q.insert(tx.t.searchTexts).values(rows).onConflictDoNothing();
}

async function declareComplete(db: Db, at: number): Promise<void> {
  const { jobCursors } = db.read.t;
  await db.write(({ q }) =>
    q
      .insert(jobCursors)
      .values({ job: SEARCH_INDEX_JOB, at })
      .onConflictDoNothing({ target: jobCursors.job }),
  );
}
