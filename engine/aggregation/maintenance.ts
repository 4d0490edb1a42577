import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { FeedPlace } from "../feed/change-feed.ts";
import { type Lease, takeLease, takeOverDead } from "../journal/lease.ts";
import { finishedSegments, TAKEN } from "../journal/segments.ts";
import { prune } from "./prune.ts";
import { storeSegments } from "./store-segments.ts";

/** What a verifier says of itself. */
export interface VerifierIdentity {
  id: string;
  /** Where it answers, for people. */
  address: string;
  version: string;
  startedAt: number;
  /** Where it counts limits; see `Peers`. */
  limits: string;
}

/** What a round begins with. */
export interface MaintenanceCycle {
  feed: FeedPlace;
  /** Epoch ms: all that was answered before then can be counted now; null where something can't. */
  closedTo: number | null;
}

const PRUNE_EVERY_MS = 600_000;

/** The directory of all journals, and a verifier's own lease in it. */
export async function leaseJournal(dataDir: string, id: string): Promise<{ root: string; lease: Lease }> {
  const root = join(dataDir, "journal");
  await mkdir(root, { recursive: true, mode: 0o700 });
  return { root, lease: await takeLease(root, id) };
}

/** The work beside answering: counting what was answered, the heartbeat, what the dead left, and pruning. */
export class Maintenance {
  readonly #db: Db;
  readonly #root: string;
  readonly #lease: { dir: string };
  readonly #self: VerifierIdentity;
  readonly #now: () => number;
  #prunedAt = 0;
  /** How often all was counted that had been answered, and up to when that is so. */
  #cycles = 0;
  #countedUntil: number | null = null;
  #place: FeedPlace = { seq: 0, gaps: [] };

  constructor(
    db: Db,
    root: string,
    lease: { dir: string },
    self: VerifierIdentity,
    now: () => number = Date.now,
  ) {
    this.#db = db;
    this.#root = root;
    this.#lease = lease;
    this.#self = self;
    this.#now = now;
  }

  /** Once around. Rejects when the database is away; try again later. */
  async run({ feed, closedTo }: MaintenanceCycle): Promise<void> {
    this.#place = feed;
    await takeOverDead(this.#root, this.#lease.dir);
    // It may take its time, in which nobody must think this one gone.
    if ((await finishedSegments(this.#lease.dir)).length > 0) await this.#beat();
    await storeSegments(this.#db, this.#lease.dir, this.#now);
    await this.#removeEmptied();
    if (closedTo !== null) {
      this.#cycles++;
      this.#countedUntil = closedTo;
    }
    await this.#beat();
    if (this.#now() - this.#prunedAt >= PRUNE_EVERY_MS) {
      const startedAt = this.#now();
      if (await prune(this.#db, startedAt)) this.#prunedAt = startedAt;
    }
  }

  /** Whether something waits to be counted. What the dead left belongs to it. */
  async hasWork(): Promise<boolean> {
    await takeOverDead(this.#root, this.#lease.dir);
    await this.#removeEmptied();
    return (await finishedSegments(this.#lease.dir)).length > 0;
  }

  /** Says how far the feed is, before the next time around: somebody waits to hear that a change is known. */
  async beat(place: FeedPlace): Promise<void> {
    this.#place = place;
    await this.#beat();
  }

  /** The last time around: counts what is left, and takes the heartbeat away. */
  async finish(): Promise<void> {
    await storeSegments(this.#db, this.#lease.dir, this.#now);
    await this.#forget(this.#self.id);
    // One that couldn't be closed counts too: whoever takes over counts it.
    if ((await finishedSegments(this.#lease.dir, true)).length === 0) {
      await rm(this.#lease.dir, { recursive: true, force: true });
    }
  }

  async #beat(): Promise<void> {
    const { seq, gaps } = this.#place;
    const beat = {
      lastSeenAt: this.#now(),
      feedSeq: seq,
      feedGaps: gaps.length === 0 ? null : gaps,
      countedUntil: this.#countedUntil,
      aggregationCycles: this.#cycles,
    } satisfies Partial<Tables["verifiers"]["$inferInsert"]>;
    await this.#db.write((tx) =>
      tx.q
        .insert(tx.t.verifiers)
        .values({ ...this.#self, ...beat })
        .onConflictDoUpdate({ target: tx.t.verifiers.id, set: beat }),
    );
  }

  /** Directories of the dead from which everything has been counted: nobody has to wait for those any more. */
  async #removeEmptied(): Promise<void> {
    for (const entry of await readdir(this.#lease.dir, { withFileTypes: true })) {
      if (!entry.isDirectory() || !entry.name.startsWith(TAKEN)) continue;
      const dir = join(this.#lease.dir, entry.name);
      if ((await finishedSegments(dir, true)).length > 0) continue;
      await this.#forget(entry.name.slice(TAKEN.length));
      await rm(dir, { recursive: true, force: true });
    }
  }

  async #forget(id: string): Promise<void> {
    await this.#db.write((tx) => tx.q.delete(tx.t.verifiers).where(eq(tx.t.verifiers.id, id)));
  }
}
