import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { makeDirectory } from "#platform/make-directory.ts";
import type { FeedPosition } from "../feed/change-feed.ts";
import { type FirstUse, storeFirstUses } from "../imports/first-uses.ts";
import { acquireLease, claimAbandonedDirectories, type Lease } from "../journal/lease.ts";
import { CLAIMED_PREFIX, finishedSegments } from "../journal/segments.ts";
import { usageStore } from "../usage/store.ts";
import { LastUses } from "./last-uses.ts";
import type { Pacer } from "./pacer.ts";
import { prune } from "./prune.ts";
import { type LocalReports, storeLocalVerifiers } from "./store-local-verifiers.ts";
import { storeSegments } from "./store-segments.ts";
import { storeServiceUses } from "./store-usage.ts";
import type { LastUse } from "./usage-rows.ts";

/** How a verifier identifies itself in its heartbeat. */
export interface VerifierIdentity {
  id: string;
  /** Where it listens; for display. */
  address: string;
  version: string;
  startedAt: number;
  /** Where it counts limits. See `Peers`. */
  limits: string;
}

export interface MaintenanceOptions {
  self: VerifierIdentity;
  /** How long the daily counts of requests are kept, ms; null for ever. */
  usageDaysMs: number | null;
}

/** The input of a cycle. */
export interface MaintenanceCycle {
  feed: FeedPosition;
  /** Epoch ms: everything answered before then can be counted now. Null if something can't. */
  closedTo: number | null;
  /** The last uses of service tokens (epoch ms) that are to be stored. */
  serviceUses?: LastUse[];
  /** Those of secrets in their overlap. */
  olderServiceUses?: LastUse[];
  /** Imported tokens that were used for the first time. */
  firstUses?: FirstUse[];
  /** How much of the journals is not counted. */
  uncountedBytes?: number;
}

const PRUNE_EVERY_MS = 600_000;
/** With more to count, about 15,000 checks, a cycle makes no pauses: it must not fall behind. */
const MAX_PACED_BYTES = 4_000_000;

/** Returns the directory of all journals and leases a directory in it for verifier `id`. */
export async function leaseJournal(dataDir: string, id: string): Promise<{ root: string; lease: Lease }> {
  const root = join(dataDir, "journal");
  makeDirectory(root);
  return { root, lease: await acquireLease(root, id) };
}

/** The background work of a verifier: storing usage, the heartbeat, taking over from dead processes, and pruning. */
export class Maintenance {
  readonly #db: Db;
  readonly #root: string;
  readonly #lease: { dir: string };
  readonly #self: VerifierIdentity;
  readonly #usageDaysMs: number | null;
  readonly #now: () => number;
  readonly #pacer: Pacer | undefined;
  #prunedAt = 0;
  /** How often all answered checks were counted, and until when (epoch ms) they are. */
  #cycles = 0;
  #countedUntil: number | null = null;
  #position: FeedPosition = { seq: 0, gaps: [] };
  readonly #lastUses = new LastUses();

  constructor(
    db: Db,
    root: string,
    lease: { dir: string },
    { self, usageDaysMs }: MaintenanceOptions,
    now: () => number = Date.now,
    pacer?: Pacer,
  ) {
    this.#db = db;
    this.#root = root;
    this.#lease = lease;
    this.#self = self;
    this.#usageDaysMs = usageDaysMs;
    this.#now = now;
    this.#pacer = pacer;
  }

  /** Runs a cycle. Rejects if the database is unavailable; try again later. */
  async run(cycle: MaintenanceCycle): Promise<void> {
    const { feed, closedTo, serviceUses = [], olderServiceUses = [], firstUses = [] } = cycle;
    this.#paceIf((cycle.uncountedBytes ?? 0) <= MAX_PACED_BYTES);
    this.#position = feed;
    await claimAbandonedDirectories(this.#root, this.#lease.dir);
    // Storing can take long. Without a heartbeat, others would consider this verifier gone.
    if ((await finishedSegments(this.#lease.dir)).length > 0) await this.#writeHeartbeat();
    await storeFirstUses(this.#db, firstUses, this.#now());
    await this.#storeSegments();
    await storeServiceUses(this.#db, serviceUses, olderServiceUses);
    await this.#removeEmptied();
    const undelivered = await this.#deliver().then(
      () => null,
      (error: unknown) => ({ error }),
    );
    if (closedTo !== null && undelivered === null) {
      this.#cycles++;
      this.#countedUntil = closedTo;
    }
    await this.#writeHeartbeat();
    if (this.#now() - this.#prunedAt >= PRUNE_EVERY_MS) {
      const startedAt = this.#now();
      if (await prune(this.#db, startedAt, this.#usageDaysMs)) this.#prunedAt = startedAt;
    }
    if (undelivered !== null) throw undelivered.error;
  }

  /** Whether there is something to count, including what dead processes left. */
  async hasWork(): Promise<boolean> {
    await claimAbandonedDirectories(this.#root, this.#lease.dir);
    await this.#removeEmptied();
    if ((await finishedSegments(this.#lease.dir)).length > 0) return true;
    return !(await usageStore().isDelivered(this.#db));
  }

  /** Reports the position in the change feed before the next cycle: callers wait until a change has propagated. */
  async sendHeartbeat(position: FeedPosition): Promise<void> {
    this.#position = position;
    await this.#writeHeartbeat();
  }

  /** Stores what services that verify keys in their own process reported. */
  async storeLocalVerifiers(reports: LocalReports): Promise<void> {
    await this.#db.write((tx) => storeLocalVerifiers(tx, reports));
  }

  /** Stores the remaining usage and deletes the heartbeat. */
  async finish(): Promise<void> {
    this.#paceIf(false);
    await this.#storeSegments();
    await this.#lastUses.storeAll(this.#db, this.#now());
    await this.#deliver();
    await this.#deleteHeartbeat(this.#self.id);
    // A segment that couldn't be closed remains, for the process that takes over.
    if ((await finishedSegments(this.#lease.dir, true)).length === 0) {
      await rm(this.#lease.dir, { recursive: true, force: true });
    }
  }

  async #storeSegments(): Promise<void> {
    const options = { lastUses: this.#lastUses, pause: () => this.#pacer?.pause() };
    await storeSegments(this.#db, this.#lease.dir, this.#now, options);
  }

  #paceIf(isOn: boolean): void {
    if (this.#pacer) this.#pacer.isOn = isOn;
  }

  /** Limits are restored from counts that can be read, and a cycle promises that they can. */
  #deliver(): Promise<void> {
    return usageStore().deliver(this.#db);
  }

  async #writeHeartbeat(): Promise<void> {
    const { seq, gaps } = this.#position;
    const heartbeat = {
      lastSeenAt: this.#now(),
      feedSeq: seq,
      feedGaps: gaps.length === 0 ? null : gaps,
      countedUntil: this.#countedUntil,
      aggregationCycles: this.#cycles,
    } satisfies Partial<Tables["verifiers"]["$inferInsert"]>;
    await this.#db.write((tx) =>
      tx.q
        .insert(tx.t.verifiers)
        .values({ ...this.#self, ...heartbeat })
        .onConflictDoUpdate({ target: tx.t.verifiers.id, set: heartbeat }),
    );
  }

  /** Removes the directories of dead processes that are completely counted. Nobody has to wait for those anymore. */
  async #removeEmptied(): Promise<void> {
    for (const entry of await readdir(this.#lease.dir, { withFileTypes: true })) {
      if (!entry.isDirectory() || !entry.name.startsWith(CLAIMED_PREFIX)) continue;
      const dir = join(this.#lease.dir, entry.name);
      if ((await finishedSegments(dir, true)).length > 0) continue;
      await this.#deleteHeartbeat(entry.name.slice(CLAIMED_PREFIX.length));
      await rm(dir, { recursive: true, force: true });
    }
  }

  async #deleteHeartbeat(id: string): Promise<void> {
    await this.#db.write((tx) => tx.q.delete(tx.t.verifiers).where(eq(tx.t.verifiers.id, id)));
  }
}
