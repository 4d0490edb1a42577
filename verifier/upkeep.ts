import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { applySegments } from "./apply.ts";
import type { FeedPlace } from "./feed.ts";
import { type Lease, takeLease, takeOverDead } from "./lease.ts";
import { prune } from "./prune.ts";
import { finishedSegments, TAKEN } from "./segments.ts";

/** What a verifier says of itself. */
export interface Self {
  id: string;
  /** Where it answers, for people. */
  address: string;
  version: string;
  startedAt: number;
  /** Where it counts limits; see `Peers`. */
  limits: string;
}

/** How far a verifier is with what it says in its heartbeat. */
export interface Progress {
  feed: FeedPlace;
  /** Epoch ms: whatever it answered before is counted; null where nothing was yet. */
  countedTo: number | null;
}

/** As the heartbeat's row has it. */
type Said = Pick<Tables["verifiers"]["$inferInsert"], "feedSeq" | "feedGaps" | "countedTo">;

function placed({ seq, gaps }: FeedPlace): Said {
  return { feedSeq: seq, feedGaps: gaps.length === 0 ? null : gaps };
}

const PRUNE_EVERY_MS = 600_000;

/** The directory of all journals, and a verifier's own lease in it. */
export async function leaseJournal(dataDir: string, id: string): Promise<{ root: string; lease: Lease }> {
  const root = join(dataDir, "journal");
  await mkdir(root, { recursive: true, mode: 0o700 });
  return { root, lease: await takeLease(root, id) };
}

/** The work beside answering: counting what was answered, the heartbeat, what the dead left, and pruning. */
export class Upkeep {
  readonly #db: Db;
  readonly #root: string;
  readonly #lease: { dir: string };
  readonly #self: Self;
  readonly #now: () => number;
  #prunedAt = 0;

  constructor(db: Db, root: string, lease: { dir: string }, self: Self, now: () => number = Date.now) {
    this.#db = db;
    this.#root = root;
    this.#lease = lease;
    this.#self = self;
    this.#now = now;
  }

  /** Once around. Rejects when the database is away; try again later. */
  async run({ feed, countedTo }: Progress): Promise<void> {
    await this.#beat({ ...placed(feed), countedTo });
    await takeOverDead(this.#root, this.#lease.dir);
    await applySegments(this.#db, this.#lease.dir, this.#now);
    await this.#removeEmptied();
    if (this.#now() - this.#prunedAt >= PRUNE_EVERY_MS) {
      const startedAt = this.#now();
      if (await prune(this.#db, startedAt)) this.#prunedAt = startedAt;
    }
  }

  /** Says how far the feed is, before the next time around: somebody waits to hear that a change is known. */
  async beat(place: FeedPlace): Promise<void> {
    await this.#beat(placed(place));
  }

  /** The last time around: counts what is left, and takes the heartbeat away. */
  async finish(): Promise<void> {
    await applySegments(this.#db, this.#lease.dir, this.#now);
    await this.#db.write((tx) => tx.q.delete(tx.t.verifiers).where(eq(tx.t.verifiers.id, this.#self.id)));
    // One that couldn't be closed counts too: whoever takes over counts it.
    if ((await finishedSegments(this.#lease.dir, true)).length === 0) {
      await rm(this.#lease.dir, { recursive: true, force: true });
    }
  }

  async #beat(said: Said): Promise<void> {
    const beat = { lastSeenAt: this.#now(), ...said };
    await this.#db.write((tx) =>
      tx.q
        .insert(tx.t.verifiers)
        .values({ ...this.#self, ...beat })
        .onConflictDoUpdate({ target: tx.t.verifiers.id, set: beat }),
    );
  }

  /** Directories of the dead from which everything has been counted. */
  async #removeEmptied(): Promise<void> {
    for (const entry of await readdir(this.#lease.dir, { withFileTypes: true })) {
      if (!entry.isDirectory() || !entry.name.startsWith(TAKEN)) continue;
      const dir = join(this.#lease.dir, entry.name);
      if ((await finishedSegments(dir, true)).length === 0) await rm(dir, { recursive: true, force: true });
    }
  }
}
