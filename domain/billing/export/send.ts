import { randomUUID } from "node:crypto";
import { and, eq, isNotNull, isNull, lte, or } from "drizzle-orm";
import { MINUTE_MS, SECOND_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { Adapter, Destination } from "./adapters/adapter.ts";
import { ADAPTERS } from "./adapters/index.ts";
import type { BillingEvent } from "./event.ts";
import { destinationOf, type ExportRow } from "./find.ts";
import { type Batch, pickBatch } from "./pick-batch.ts";
import { type ExportWork, failureText, shownWords, UNREADABLE_SECRET } from "./run-exports.ts";
import { sendTest } from "./send-test.ts";
import { type Held, storeHeld } from "./store-held.ts";

/** Longer than a request may take. If the process dies, another one continues after this time. */
const LEASE_MS = MINUTE_MS;
/** How long one call sends; the next call continues. */
const RUN_MS = 10 * SECOND_MS;
/** Waits after failed attempts; the last one repeats until the receiver is back. */
export const EXPORT_WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  60 * MINUTE_MS,
];
/** Upper limit for `Retry-After`. */
const MAX_RETRY_AFTER_MS = 60 * MINUTE_MS;
/** If a receiver rejects this many events and takes none, its settings are the cause. */
const MAX_REJECTED = 10;

/** Sends what is due, for every export at once. A slow receiver delays no other. */
export async function runExports(work: ExportWork): Promise<void> {
  const { q, t } = work.db.read;
  const { billingExports } = t;
  const rows = await q
    .select({ id: billingExports.id })
    .from(billingExports)
    .where(and(hasWork(t, work.now()), lte(billingExports.leaseUntil, work.now())));
  await Promise.all(rows.map(({ id }) => runExport(work, id)));
}

function hasWork({ billingExports }: Tx["t"], nowMs: number) {
  return or(
    and(isNull(billingExports.pausedAt), lte(billingExports.nextAttemptAt, nowMs)),
    isNotNull(billingExports.testRequestedAt),
  );
}

async function runExport(work: ExportWork, exportId: string): Promise<void> {
  const owner = randomUUID();
  const claimed = await claim(work, exportId, owner);
  if (claimed === null) return;
  const run = new ExportRun(work, claimed, owner);
  try {
    await run.start();
  } finally {
    await run.release();
  }
}

/** Null if another process sends. */
async function claim({ db, now }: ExportWork, exportId: string, owner: string): Promise<ExportRow | null> {
  return db.write(async ({ q, t: { billingExports } }) => {
    const nowMs = now();
    const [row] = await q
      .update(billingExports)
      .set({ leaseOwner: owner, leaseUntil: nowMs + LEASE_MS })
      .where(and(eq(billingExports.id, exportId), lte(billingExports.leaseUntil, nowMs)))
      .returning();
    return row ?? null;
  });
}

/** Another process sends, or the export was deleted. What this one sent is a repetition for the receiver. */
class LeaseLost extends Error {}

/** What an attempt led to. */
type Attempt =
  | { ok: true; held: Held; accepted: number }
  | { ok: false; message: string; retryAfterMs: number | null; isOpen: boolean; tooLarge: boolean };

/** Sends one export, while this process holds its lease. */
class ExportRun {
  readonly #work: ExportWork;
  readonly #owner: string;
  readonly #adapter: Adapter;
  readonly #endsAt: number;
  #row: ExportRow;
  #limit: number;
  #rejected = 0;
  /** Whether the attempt that runs is the first for its event. */
  #isFirst = false;

  constructor(work: ExportWork, row: ExportRow, owner: string) {
    this.#work = work;
    this.#row = row;
    this.#owner = owner;
    this.#adapter = ADAPTERS[row.adapter];
    this.#limit = this.#adapter.maxEvents;
    this.#endsAt = work.now() + RUN_MS;
  }

  async start(): Promise<void> {
    try {
      const { now, sealer } = this.#work;
      const destination = destinationOf(this.#row, sealer);
      if (this.#row.testRequestedAt !== null) {
        const lastTest = await sendTest(this.#work, this.#row, this.#adapter, destination);
        await this.#update({ lastTest, testRequestedAt: null });
      }
      while (this.#isDue() && now() < this.#endsAt) {
        if (!(await this.#sendBatch(destination))) return;
      }
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  /** Lets any process send next. */
  async release(): Promise<void> {
    const { billingExports } = this.#work.db.read.t;
    await this.#work.db.write(({ q }) =>
      q
        .update(billingExports)
        .set({ leaseOwner: null, leaseUntil: 0 })
        .where(and(eq(billingExports.id, this.#row.id), eq(billingExports.leaseOwner, this.#owner))),
    );
  }

  #isDue(): boolean {
    return this.#row.pausedAt === null && this.#row.nextAttemptAt <= this.#work.now();
  }

  /** Whether to go on. */
  async #sendBatch(destination: Destination | null): Promise<boolean> {
    const { db, now } = this.#work;
    const batch = await pickBatch(db.read, this.#row, {
      adapter: this.#adapter,
      limit: this.#limit,
      nowMs: now(),
    });
    if (batch.events.length === 0) {
      if (this.#row.position < this.#row.furthest || this.#row.replayFrom !== null)
        await this.#update({ position: this.#row.furthest, replayFrom: null });
      return false;
    }
    if (destination === null) {
      await this.#fail({ message: UNREADABLE_SECRET, retryAfterMs: null, isOpen: true });
      return false;
    }
    const attempt = await this.#attempt(batch, destination);
    if (attempt.ok) {
      this.#rejected = attempt.accepted > 0 ? 0 : this.#rejected + attempt.held.size - batch.held.size;
      await this.#settle(batch, attempt.held);
      return true;
    }
    if (attempt.tooLarge && this.#limit > 1) {
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
      return true;
    }
    await this.#fail(attempt);
    return false;
  }

  async #attempt(batch: Batch, destination: Destination): Promise<Attempt> {
    const held: Held = new Map([...batch.held].map(([seq, reason]) => [seq, [reason, null]]));
    let rest = batch.events.filter(
      ({ seq, units }) => !held.has(seq) && (units > 0 || this.#adapter.sendsFree),
    );
    const all = rest.length;
    while (rest.length > 0) {
      await this.#recordOpen(rest);
      const result = await this.#work.send(destination.url, this.#adapter.request(rest, destination));
      if ("error" in result)
        return { ok: false, message: result.error, retryAfterMs: null, isOpen: result.sent, tooLarge: false };
      const reading = this.#adapter.read(result, rest);
      if (reading.kind === "failed") {
        const { status, retryAfterMs } = result;
        const isOpen = status >= 500 || status === 408;
        const message = failureText(status, reading, destination);
        return { ok: false, message, retryAfterMs, isOpen, tooLarge: reading.tooLarge };
      }
      if (reading.kind === "accepted") break;
      const { known, rejected } = reading;
      if (all === rejected.size && this.#rejected + rejected.size > MAX_REJECTED) {
        const [words = ""] = rejected.values();
        return {
          ok: false,
          message: `It rejects every event: ${shownWords(words, destination)}`,
          retryAfterMs: null,
          isOpen: false,
          tooLarge: false,
        };
      }
      for (const [at, words] of rejected) {
        const event = rest[at];
        if (event) held.set(event.seq, ["rejected", shownWords(words, destination)]);
      }
      rest = rest.filter((_, at) => !known.has(at) && !rejected.has(at));
    }
    return { ok: true, held, accepted: batch.events.length - held.size };
  }

  /** Before sending, for a receiver that forgets ids: after a crash, the next process reads since when the event is open. */
  async #recordOpen([first]: readonly BillingEvent[]): Promise<void> {
    this.#isFirst = this.#row.openSeq !== first?.seq;
    if (this.#adapter.remembersMs === null || first === undefined || !this.#isFirst) return;
    await this.#update({ openSeq: first.seq, openSince: this.#work.now() });
  }

  /** Stores that the batch is sent, and moves the position behind it, in one transaction. */
  async #settle({ events, resent }: Batch, held: Held): Promise<void> {
    const nowMs = this.#work.now();
    const { position, furthest } = this.#row;
    const last = events.at(-1)?.seq ?? position;
    const reached = resent ? position : last;
    const anySent = events.length > held.size;
    await this.#update(
      {
        position: reached,
        furthest: Math.max(furthest, reached),
        ...(reached >= furthest && { replayFrom: null }),
        ...(anySent && {
          failures: 0,
          nextAttemptAt: 0,
          lastError: null,
          lastErrorAt: null,
          lastSuccessAt: nowMs,
        }),
        openSeq: null,
        openSince: null,
      },
      (tx) => storeHeld(tx, this.#row.id, { events, held, furthest, nowMs }),
    );
  }

  async #fail({
    message,
    retryAfterMs,
    isOpen,
  }: {
    message: string;
    retryAfterMs: number | null;
    isOpen: boolean;
  }): Promise<void> {
    const nowMs = this.#work.now();
    const { failures } = this.#row;
    const wait = EXPORT_WAITS_MS[Math.min(failures, EXPORT_WAITS_MS.length - 1)] ?? 0;
    const requested = Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
    await this.#update({
      failures: failures + 1,
      nextAttemptAt: nowMs + Math.max(wait, requested),
      lastError: message,
      lastErrorAt: nowMs,
      // The receiver may still have the event from an earlier attempt.
      ...(!isOpen && this.#isFirst && { openSeq: null, openSince: null }),
    });
  }

  /** Changes the row while this process has the lease, and renews the lease. */
  async #update(set: Partial<ExportRow>, also?: (tx: Tx) => Promise<void>): Promise<void> {
    const { db, now } = this.#work;
    this.#row = await db.write(async (tx) => {
      const { billingExports } = tx.t;
      const [row] = await tx.q
        .update(billingExports)
        .set({ ...set, leaseUntil: now() + LEASE_MS })
        .where(and(eq(billingExports.id, this.#row.id), eq(billingExports.leaseOwner, this.#owner)))
        .returning();
      if (!row) throw new LeaseLost("another process sends");
      await also?.(tx);
      return row;
    });
  }
}
