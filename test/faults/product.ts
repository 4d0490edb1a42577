import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desc, eq, sql } from "drizzle-orm";
import type { Verdict } from "#core/verdict.ts";
import type { Db } from "#db/open.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { VerdictUnavailable } from "#engine/cache/fill-gate.ts";
import type { Question } from "#engine/check/question.ts";
import { Engine } from "#engine/engine.ts";
import { Journal } from "#engine/journal/journal.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { checkOf } from "../checks.ts";
import type { Clock } from "../people.ts";
import { type FlakyProxy, flakyProxy } from "./flaky-proxy.ts";

/** Few, so that keys are pushed out of memory all the time. */
const CACHE_KEYS = 6;
const SETTLED_WITHIN_MS = 10_000;

interface Running {
  engine: Engine;
  journal: Journal;
  dir: string;
  /** The database as this engine meets it. */
  own: FlakyProxy;
  isCut: boolean;
}

/** How a check ended: with a verdict, or because none could be vouched for. */
export type Answer = Verdict | "CANNOT_VOUCH";

/** A check without its key. */
export type AskedOf = Omit<Question, "key" | "api"> & { api: string };

/** Two verifiers' engines over one database, with one counting of limits, on a clock that moves when told to. */
export class Product {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #root: string;
  #limiter: MemoryLimiter;
  #engines: Running[] = [];
  #begun = 0;

  private constructor(db: Db, clock: Clock, root: string) {
    this.#db = db;
    this.#clock = clock;
    this.#root = root;
    this.#limiter = this.#newLimiter();
  }

  static async start(db: Db, clock: Clock): Promise<Product> {
    const product = new Product(db, clock, await mkdtemp(join(tmpdir(), "latchkey-model-")));
    product.#engines = [await product.#begin(), await product.#begin()];
    return product;
  }

  /** Asks the engine `which`, and writes its answer down. */
  async check(which: number, key: string, { api: slug, ...rest }: AskedOf): Promise<Answer> {
    const { engine } = this.#engines[which] as Running;
    try {
      const api = await engine.apiOf(slug);
      if (api === null) throw new Error(`there is no API ${slug}`);
      const result = await engine.judge(checkOf(engine, api, { key, ...rest }));
      engine.record(result, (ok) => {
        if (!ok) throw new Error("the journal did not take an answer");
      });
      return result.verdict;
    } catch (error) {
      if (error instanceof VerdictUnavailable) return "CANNOT_VOUCH";
      throw error;
    }
  }

  /** The engine `which` can't reach the database until it is mended; the other can. */
  async cut(which: number): Promise<void> {
    await this.settle();
    const engine = this.#engines[which] as Running;
    engine.own.cut();
    engine.isCut = true;
  }

  async mend(which: number): Promise<void> {
    const engine = this.#engines[which] as Running;
    engine.own.mend();
    engine.isCut = false;
    await this.settle();
  }

  /** Waits until every engine knows what was committed, and that nothing else was. */
  async settle(): Promise<void> {
    const { q, t } = this.#db.read;
    const [newest] = await q
      .select({ seq: t.changes.seq })
      .from(t.changes)
      .orderBy(desc(t.changes.seq))
      .limit(1);
    const deadline = performance.now() + SETTLED_WITHIN_MS;
    const knows = ({ engine, isCut }: Running) =>
      isCut || (engine.feed.position >= (newest?.seq ?? 0) && engine.lagMs === 0);
    while (!this.#engines.every(knows)) {
      if (performance.now() > deadline) throw new Error("the feed does not catch up");
      for (const { engine } of this.#engines) engine.feed.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Adds up what was answered so far. */
  async count(): Promise<void> {
    for (const { journal, dir } of this.#engines) {
      journal.rotate();
      await storeSegments(this.#db, dir, this.#clock.now);
    }
  }

  /** Begins to add up, and is ended after so many writes; whether the last was done, nobody learnt. */
  async breakOffCounting(which: number, writes: number, lastIsDone: boolean): Promise<void> {
    const { journal, dir } = this.#engines[which] as Running;
    journal.rotate();
    const own = flakyProxy(this.#db);
    own.cutAfter(writes, lastIsDone);
    await storeSegments(own.db, dir, this.#clock.now).catch(() => {});
  }

  /** As `kill -9` does it: one engine is gone with all that it knew. Another takes its journal over. */
  async kill(which: number): Promise<void> {
    const dead = this.#engines[which] as Running;
    dead.journal.flush();
    await dead.engine.stop();
    const next = await this.#begin();
    await rename(dead.dir, join(next.dir, "taken-dead"));
    this.#engines[which] = next;
  }

  /** The process that counted limits is gone. What was answered is added up first, as a start does it. */
  async loseLimits(): Promise<void> {
    await this.count();
    for (const { engine } of this.#engines) await engine.stop();
    this.#limiter = this.#newLimiter();
    this.#engines = [await this.#begin(), await this.#begin()];
  }

  /** By key and code, what the usage figures say in all. */
  async counted(): Promise<Map<string, number>> {
    await this.count();
    const { q, t } = this.#db.read;
    const { usage } = t;
    const rows = await q
      .select({
        keyId: usage.keyId,
        code: usage.code,
        count: sql<number>`sum(${usage.count})`.mapWith(Number),
      })
      .from(usage)
      .where(eq(usage.interval, "day"))
      .groupBy(usage.keyId, usage.code);
    return new Map(rows.map(({ keyId, code, count }) => [`${keyId} ${code}`, count]));
  }

  /** By key and code, what the trial sets said of what passed. */
  async tried(): Promise<Map<string, number>> {
    const { q, t } = this.#db.read;
    const { keyId, code, count } = t.reportOnlyCounts;
    const rows = await q
      .select({ keyId, code, count: sql<number>`sum(${count})`.mapWith(Number) })
      .from(t.reportOnlyCounts)
      .groupBy(keyId, code);
    return new Map(rows.map((row) => [`${row.keyId} ${row.code}`, row.count]));
  }

  async end(): Promise<void> {
    for (const { engine } of this.#engines) await engine.stop();
    await rm(this.#root, { recursive: true });
  }

  async #begin(): Promise<Running> {
    const dir = await mkdtemp(join(this.#root, `${this.#begun++}-`));
    const journal = new Journal(dir);
    const own = flakyProxy(this.#db);
    const engine = new Engine({
      ...{ db: own.db, journal, limiter: this.#limiter, now: this.#clock.now, clock: this.#clock.now },
      settings: { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: CACHE_KEYS, cacheBytes: 64 * 1_048_576 },
    });
    await engine.start();
    return { engine, journal, dir, own, isCut: false };
  }

  #newLimiter(): MemoryLimiter {
    return new MemoryLimiter({ usedBefore: usageBackfill(this.#db), clock: this.#clock.now });
  }
}
