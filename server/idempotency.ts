import { createHash } from "node:crypto";
import { and, eq, isNull, lt } from "drizzle-orm";
import type { Db, Tx } from "#db/open.ts";
import { HttpError } from "./problem.ts";
import { seal, unseal } from "./sealed.ts";

const KEPT_MS = 24 * 3_600_000;
/** A request that has not committed by now has died, or is so slow that it must not commit any more. */
const LEASE_MS = 60_000;
/** `status` of a row: null while the first request runs, this once its change is in the database. */
const COMMITTED = 0;

/** What was answered, to be answered again. */
export interface KeptAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export interface IdempotentCall {
  /** The client's `Idempotency-Key`. */
  key: string;
  tokenId: string;
  token: string;
  method: string;
  path: string;
  bodyBytes: Uint8Array;
}

/**
 * Runs `work` at most once for a client's key, for 24 hours, and answers every repetition with the first
 * answer. The row's mark "committed" is written in the very transaction of the change, so that a crash at
 * any point leaves one of two states: not marked, then nothing happened and a repetition does it (after the
 * lease); or marked without an answer, then it happened once, and a repetition is told so (after the lease) with 409. An
 * answer is sealed with the caller's own token: what lies in the database reveals no secret.
 */
export async function once(
  db: Db,
  call: IdempotentCall,
  nowMs: number,
  work: (db: Db) => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  if (call.key === "" || call.key.length > 255) {
    throw new HttpError(400, "Idempotency-Key must have 1 to 255 characters.");
  }
  const id = sha256(call.tokenId, call.method, call.path, call.key);
  const requestHash = sha256(call.bodyBytes);
  const kept = await db.write((tx) => reserve(tx, id, requestHash, nowMs));
  if (kept !== "reserved") return answerAgain(kept, requestHash, call.token, id, nowMs);
  const marking = { done: false };
  try {
    const answer = await work(markingDb(db, id, nowMs, marking));
    const sealed = seal(JSON.stringify(answer), call.token, id);
    await db.write((tx) => keep(tx, id, nowMs, answer.status, sealed));
    return answer;
  } catch (error) {
    // Nothing happened: the client may mend its request and send it again under the same key.
    if (!marking.done) await db.write((tx) => release(tx, id, nowMs));
    throw error;
  }
}

type Row = { requestHash: string; status: number | null; sealed: string | null; createdAt: number };

async function reserve(tx: Tx, id: string, requestHash: string, nowMs: number): Promise<"reserved" | Row> {
  const { idempotency: t } = tx.t;
  await tx.q.delete(t).where(lt(t.createdAt, nowMs - KEPT_MS));
  const fresh = { id, requestHash, status: null, sealed: null, createdAt: nowMs };
  const added = await tx.q.insert(t).values(fresh).onConflictDoNothing().returning({ id: t.id });
  if (added.length > 0) return "reserved";
  const lapsed = and(
    eq(t.id, id),
    eq(t.requestHash, requestHash),
    isNull(t.status),
    lt(t.createdAt, nowMs - LEASE_MS),
  );
  const taken = await tx.q.update(t).set({ createdAt: nowMs }).where(lapsed).returning({ id: t.id });
  if (taken.length > 0) return "reserved";
  const [row] = await tx.q.select().from(t).where(eq(t.id, id));
  if (!row)
    throw new HttpError(409, "The first request with this Idempotency-Key has just failed; send it again.");
  return row;
}

/** The same database, whose first transaction also marks the row; it fails if the lease was lost meanwhile. */
function markingDb(db: Db, id: string, stamp: number, marking: { done: boolean }): Db {
  return {
    ...db,
    write: async (work) => {
      if (marking.done) return db.write(work);
      const result = await db.write(async (tx) => {
        const value = await work(tx);
        const { idempotency: t } = tx.t;
        const mine = and(eq(t.id, id), eq(t.createdAt, stamp), isNull(t.status));
        const marked = await tx.q.update(t).set({ status: COMMITTED }).where(mine).returning({ id: t.id });
        if (marked.length === 0) throw running();
        return value;
      });
      marking.done = true;
      return result;
    },
  };
}

async function keep(tx: Tx, id: string, stamp: number, status: number, sealed: string): Promise<void> {
  const { idempotency: t } = tx.t;
  await tx.q
    .update(t)
    .set({ status, sealed })
    .where(and(eq(t.id, id), eq(t.createdAt, stamp)));
}

async function release(tx: Tx, id: string, stamp: number): Promise<void> {
  const { idempotency: t } = tx.t;
  await tx.q.delete(t).where(and(eq(t.id, id), eq(t.createdAt, stamp), isNull(t.status)));
}

function answerAgain(row: Row, requestHash: string, token: string, id: string, nowMs: number): KeptAnswer {
  if (row.requestHash !== requestHash) {
    throw new HttpError(422, "This Idempotency-Key was used with a different request.");
  }
  if (row.status === null) throw running();
  if (row.sealed === null) {
    // Its answer is written a moment after its change: only when none came in a lease's time is it lost.
    if (nowMs - row.createdAt < LEASE_MS) throw running();
    throw new HttpError(
      409,
      "The first request with this Idempotency-Key was carried out, but its answer was lost. Look at the list for what it made.",
    );
  }
  const answer: KeptAnswer = JSON.parse(unseal(row.sealed, token, id));
  return { ...answer, headers: { ...answer.headers, "Idempotency-Replayed": "true" } };
}

function running(): HttpError {
  return new HttpError(409, "The first request with this Idempotency-Key is still running.", {
    headers: { "Retry-After": "1" },
  });
}

function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}
