import { createHash } from "node:crypto";
import { and, count, eq, isNotNull, isNull, like, lt, lte, min, sql } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Db, Tx } from "#db/open.ts";
import type { CreatedCredential } from "#db/tables/audit.ts";
import type { ActorRights } from "#domain/access/project-access.ts";
import { seal, unseal } from "#domain/secrets/sealer.ts";
import { HttpError } from "./problem.ts";

const STORED_MS = DAY_MS;
/** A person waits for a form's result, so its secret is stored no longer than this. */
const FORM_RESPONSE_MS = 15 * 60_000;
const FORM = "form:";
/** A request that has not committed by then has died, or is so slow that it must not commit. */
const LEASE_MS = 60_000;
/** Maximum number of stored responses per token or user, so that nobody can fill the database. */
const MAX_RESPONSES = 20_000;
const MAX_RESPONSE_BYTES = 64 * 1_048_576;
/** `status` of a row: null while the first request runs, this value once its change is committed. */
const COMMITTED = 0;

/** A stored response. */
export interface StoredResponse {
  status: number;
  body: string;
  headers: Record<string, string>;
  /** The rights that the request was carried out with: who repeats it must still have them. */
  rights: ActorRights;
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

/** One attempt of a form, by its key: at least 128 random bits, not stored in the database. */
export interface FormAttempt {
  userId: string;
  form: string;
  key: string;
}

/** The request was carried out, but its response is not available anymore. */
export class ResponseLost extends HttpError {
  readonly credential: CreatedCredential | null;

  constructor(credential: CreatedCredential | null) {
    const what = credential ? `It created ${credential.id}.` : "Check the list to see what it created.";
    super(
      409,
      `The first request with this Idempotency-Key was carried out, but its response was lost. ${what}`,
    );
    this.credential = credential;
  }
}

/** The first request is still running. */
export class StillRunning extends HttpError {
  constructor() {
    super(409, "The first request with this Idempotency-Key is still running.", {
      headers: { "Retry-After": "1" },
    });
  }
}

/** Whether this is the response of an earlier request. */
export function isReplayed({ headers }: StoredResponse): boolean {
  return headers["Idempotency-Replayed"] === "true";
}

/** Handles a request, using `db`, and reports what it created through `created`. */
type Work<Result> = (db: Db, created: (credential: CreatedCredential) => void) => Promise<Result>;

/**
 * Runs `work` at most once per idempotency key, for 24 hours, and returns the first response to every repetition. The
 * status `COMMITTED` is written in the transaction of the change, so that a crash leaves one of two states. Without it,
 * nothing happened, and a repetition does it (after the lease). With it and without a response, it happened once, and a
 * repetition gets 409 (after the lease). A response is encrypted with the client's own token: the database reveals no
 * secret.
 */
export async function runOnce(
  db: Db,
  call: IdempotentCall,
  nowMs: number,
  work: Work<StoredResponse>,
): Promise<StoredResponse> {
  if (call.key === "" || call.key.length > 255) {
    throw new HttpError(400, "Idempotency-Key must have 1 to 255 characters.");
  }
  const id = sha256(call.tokenId, call.method, call.path, call.key);
  const request = { id, owner: call.tokenId, requestHash: sha256(call.bodyBytes), token: call.token };
  return runRequestOnce(db, request, nowMs, work);
}

/**
 * The same for a form, for 15 minutes: a second submission returns the first result whatever its fields say. The
 * result is encrypted with the attempt's own key. Throws `ResponseLost` with what was created after that, and
 * `StillRunning`.
 */
export async function runFormOnce(
  db: Db,
  attempt: FormAttempt,
  nowMs: number,
  work: Work<StoredResponse>,
): Promise<StoredResponse> {
  return runRequestOnce(db, rowOf(attempt), nowMs, work);
}

/** The result of an attempt; null if nothing was done. Throws like `runFormOnce`. */
export async function findFormResponse(
  db: Db,
  attempt: FormAttempt,
  nowMs: number,
): Promise<StoredResponse | null> {
  const { id, requestHash, token } = rowOf(attempt);
  const { idempotency: t } = db.read.t;
  const [row] = await db.read.q.select().from(t).where(eq(t.id, id));
  if (!row || (row.status === null && row.createdAt < nowMs - LEASE_MS)) return null;
  return replay(row, { id, requestHash, token }, nowMs);
}

type RequestRow = ReturnType<typeof rowOf>;

function rowOf({ userId, form, key }: FormAttempt) {
  return { id: FORM + sha256(userId, form, key), owner: userId, requestHash: "", token: key };
}

async function runRequestOnce(
  db: Db,
  { id, owner, requestHash, token }: RequestRow,
  nowMs: number,
  work: Work<StoredResponse>,
): Promise<StoredResponse> {
  const existing = await db.write((tx) => reserve(tx, { id, owner, requestHash }, nowMs));
  if (existing !== "reserved") return replay(existing, { id, requestHash, token }, nowMs);
  const outcome: Outcome = { isCommitted: false, credential: null };
  try {
    const response = await work(recordingCommit(db, id, nowMs, outcome), (credential) => {
      outcome.credential = credential;
    });
    const sealed = seal(JSON.stringify(response), token, id);
    await db.write((tx) =>
      storeResponse(tx, { id, reservedAtMs: nowMs }, { status: response.status, sealed }),
    );
    return response;
  } catch (error) {
    // Nothing happened: the client may correct its request and send it again with the same key.
    if (!outcome.isCommitted) await db.write((tx) => deleteReservation(tx, id, nowMs));
    throw error;
  }
}

interface Row {
  requestHash: string;
  status: number | null;
  sealed: string | null;
  credential: CreatedCredential | null;
  createdAt: number;
}

/** What a request's first transaction led to. */
interface Outcome {
  isCommitted: boolean;
  credential: CreatedCredential | null;
}

interface Reservation {
  id: string;
  owner: string;
  requestHash: string;
}

async function reserve(tx: Tx, reservation: Reservation, nowMs: number): Promise<"reserved" | Row> {
  const { id, requestHash } = reservation;
  const { idempotency: t } = tx.t;
  await tx.q.delete(t).where(lt(t.createdAt, nowMs - STORED_MS));
  const outlived = and(
    like(t.id, `${FORM}%`),
    lte(t.createdAt, nowMs - FORM_RESPONSE_MS),
    isNotNull(t.sealed),
  );
  await tx.q.update(t).set({ sealed: null }).where(outlived);
  const fresh = { ...reservation, status: null, sealed: null, createdAt: nowMs };
  const added = await tx.q.insert(t).values(fresh).onConflictDoNothing().returning({ id: t.id });
  if (added.length > 0) {
    await rejectTooMany(tx, reservation.owner, nowMs);
    return "reserved";
  }
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
    throw new HttpError(409, "The first request with this Idempotency-Key just failed. Send it again.");
  return row;
}

/** Throws 429, and reserves nothing, if too many responses are stored for a token or user. */
async function rejectTooMany(tx: Tx, owner: string, nowMs: number): Promise<void> {
  const { idempotency: t } = tx.t;
  const [kept] = await tx.q
    .select({
      rows: count(),
      bytes: sql<number>`coalesce(sum(octet_length(${t.sealed})), 0)`.mapWith(Number),
      oldestAt: min(t.createdAt),
    })
    .from(t)
    .where(eq(t.owner, owner));
  if (!kept || (kept.rows <= MAX_RESPONSES && kept.bytes <= MAX_RESPONSE_BYTES)) return;
  const waitMs = (kept.oldestAt ?? nowMs) + STORED_MS - nowMs;
  throw new HttpError(
    429,
    "Too many responses are stored for Idempotency-Key. Wait, or send the request without it.",
    {
      headers: { "Retry-After": String(Math.max(1, Math.ceil(waitMs / 1_000))) },
    },
  );
}

/** Wraps the database: its first transaction also stores that it commits, and fails if the lease was lost meanwhile. */
function recordingCommit(db: Db, id: string, reservedAtMs: number, outcome: Outcome): Db {
  return {
    ...db,
    write: async (work) => {
      if (outcome.isCommitted) return db.write(work);
      const result = await db.write(async (tx) => {
        const value = await work(tx);
        const { idempotency: t } = tx.t;
        const own = and(eq(t.id, id), eq(t.createdAt, reservedAtMs), isNull(t.status));
        const set = { status: COMMITTED, credential: outcome.credential };
        const stored = await tx.q.update(t).set(set).where(own).returning({ id: t.id });
        if (stored.length === 0) throw new StillRunning();
        return value;
      });
      outcome.isCommitted = true;
      return result;
    },
  };
}

async function storeResponse(
  tx: Tx,
  { id, reservedAtMs }: { id: string; reservedAtMs: number },
  response: { status: number; sealed: string },
): Promise<void> {
  const { idempotency: t } = tx.t;
  await tx.q
    .update(t)
    .set(response)
    .where(and(eq(t.id, id), eq(t.createdAt, reservedAtMs)));
}

async function deleteReservation(tx: Tx, id: string, reservedAtMs: number): Promise<void> {
  const { idempotency: t } = tx.t;
  await tx.q.delete(t).where(and(eq(t.id, id), eq(t.createdAt, reservedAtMs), isNull(t.status)));
}

function replay(
  row: Row,
  { id, requestHash, token }: Omit<RequestRow, "owner">,
  nowMs: number,
): StoredResponse {
  if (row.requestHash !== requestHash) {
    throw new HttpError(422, "This Idempotency-Key was used with a different request.");
  }
  if (row.status === null) throw new StillRunning();
  const age = nowMs - row.createdAt;
  if (row.sealed === null || (id.startsWith(FORM) && age >= FORM_RESPONSE_MS)) {
    // The response is stored just after the change: it is lost only if it does not arrive within the lease.
    if (row.sealed === null && age < LEASE_MS) throw new StillRunning();
    throw new ResponseLost(row.credential);
  }
  const text = tryUnseal(row.sealed, token, id);
  if (text === null) throw new ResponseLost(row.credential);
  const response: StoredResponse = JSON.parse(text);
  // Stored by an older version, which did not record whose right it was.
  if (response.rights === undefined) throw new ResponseLost(row.credential);
  return { ...response, headers: { ...response.headers, "Idempotency-Replayed": "true" } };
}

/** Null if another secret of the token sealed it: the token was rotated since. */
function tryUnseal(sealed: string, token: string, id: string): string | null {
  try {
    return unseal(sealed, token, id);
  } catch {
    return null;
  }
}

function sha256(...parts: (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}
