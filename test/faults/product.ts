import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { desc, sql } from "drizzle-orm";
import type { Verdict } from "#core/verdict-schema.ts";
import type { Db } from "#db/open.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import type { CheckInput } from "#engine/check/check-input.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import { Engine } from "#engine/engine.ts";
import { storeFirstUses } from "#engine/imports/first-uses.ts";
import { Journal } from "#engine/journal/journal.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { checkOf } from "../checks.ts";
import { HMAC_SECRET } from "../imported-hashes.ts";
import type { Clock } from "../people.ts";
import { countsByKeyAndCode } from "../usage.ts";
import { type FlakyProxy, flakyProxy } from "./flaky-proxy.ts";
import { LocalClient } from "./local-client.ts";
import { issueToken, revokeToken } from "./token-follower.ts";

/** Few, so that keys are often evicted. */
const CACHE_KEYS = 6;
const CATCH_UP_TIMEOUT_MS = 10_000;

interface Running {
  engine: Engine;
  journal: Journal;
  dir: string;
  /** This engine's database handle. */
  database: FlakyProxy;
  isDisconnected: boolean;
}

/** A verdict, or that none was available. */
export type Answer = Verdict | "UNAVAILABLE";

/** A check without its key. */
export type ProductCheck = Omit<CheckInput, "key" | "api"> & { api: string };

/** The index of the service that verifies keys in its own process; it follows engine 0. */
export const LOCAL = 2;

/** Two engines on one database with a shared limiter and a manual clock, and a service that follows the first. */
export class Product {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #root: string;
  #limiter: MemoryLimiter;
  #engines: Running[] = [];
  #local: LocalClient | null = null;
  #started = 0;

  private constructor(db: Db, clock: Clock, root: string) {
    this.#db = db;
    this.#clock = clock;
    this.#root = root;
    this.#limiter = this.#newLimiter();
  }

  static async start(db: Db, clock: Clock): Promise<Product> {
    const product = new Product(db, clock, await mkdtemp(join(tmpdir(), "latchkey-model-")));
    const first = await product.#startEngine();
    product.#engines = [first, await product.#startEngine()];
    product.#local = await LocalClient.start(db, first.engine, clock);
    return product;
  }

  /** Checks a key at the engine `which`, and writes the answer to its journal. */
  async check(which: number, key: string, input: ProductCheck): Promise<Answer> {
    if (which !== LOCAL) return this.#checkAt(which, key, input);
    const sent = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
    const verdict = await this.#local?.verify({ key, ...Object.fromEntries(sent) });
    return verdict ?? this.#checkAt(0, key, input);
  }

  /** Exchanges a key for an access token at the engine `which`. The code is that of the check. */
  issueToken(
    which: number,
    key: string,
    input: ProductCheck,
  ): Promise<{ code: string; token: string | null }> {
    return issueToken((this.#engines[which] as Running).engine, key, input);
  }

  revokeToken(which: number, token: string): Promise<void> {
    const { engine } = this.#engines[which] as Running;
    return revokeToken(engine, token, this.#local?.serviceToken ?? "");
  }

  /** What a service that follows the revocations says about a token, once that is one of `allowed`. */
  async verifyToken(token: string, allowed: readonly string[]): Promise<string> {
    return (await this.#local?.verifyToken(token, allowed)) ?? "";
  }

  /** How many checks the service answered itself. */
  get answeredLocally(): number {
    return this.#local?.answered ?? 0;
  }

  async #checkAt(which: number, key: string, { api: slug, ...rest }: ProductCheck): Promise<Answer> {
    const { engine } = this.#engines[which] as Running;
    try {
      const api = await engine.apiOf(slug);
      if (api === null) throw new Error(`there is no API ${slug}`);
      const result = await engine.evaluate(checkOf(engine, api, { key, ...rest }));
      engine.record(result, (ok) => {
        if (!ok) throw new Error("the journal rejected an answer");
      });
      return result.verdict;
    } catch (error) {
      if (error instanceof VerdictUnavailable) return "UNAVAILABLE";
      throw error;
    }
  }

  /** Disconnects the engine `which` from the database until `reconnect`. The other one stays connected. */
  async disconnect(which: number): Promise<void> {
    await this.catchUp();
    const engine = this.#engines[which] as Running;
    engine.database.disconnect();
    engine.isDisconnected = true;
  }

  async reconnect(which: number): Promise<void> {
    const engine = this.#engines[which] as Running;
    engine.database.reconnect();
    engine.isDisconnected = false;
    await this.catchUp();
  }

  /** Waits until every connected engine has read the change feed to its end. */
  async catchUp(): Promise<void> {
    const { q, t } = this.#db.read;
    const [newest] = await q
      .select({ seq: t.changes.seq })
      .from(t.changes)
      .orderBy(desc(t.changes.seq))
      .limit(1);
    const deadline = performance.now() + CATCH_UP_TIMEOUT_MS;
    const isCurrent = ({ engine, isDisconnected }: Running) =>
      isDisconnected || (engine.feed.appliedSeq >= (newest?.seq ?? 0) && engine.lagMs === 0);
    while (!this.#engines.every(isCurrent)) {
      if (performance.now() > deadline) throw new Error("the feed does not catch up");
      for (const { engine } of this.#engines) engine.feed.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.#engines[0]?.isDisconnected) return;
    while (this.#local !== null && !this.#local.isCurrent(newest?.seq ?? 0)) {
      if (performance.now() > deadline) throw new Error("the service does not catch up");
      this.#engines[0]?.engine.feed.wake();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Stores the first uses of imported tokens, as each cycle of a verifier does. Returns the ids of their secrets. */
  async storeFirstUses(): Promise<string[]> {
    const stored: string[] = [];
    for (const { engine, isDisconnected } of this.#engines) {
      const uses = isDisconnected ? [] : engine.imports.takeFirstUses();
      await storeFirstUses(this.#db, uses, this.#clock.now());
      stored.push(...uses.map(({ secretId }) => secretId));
    }
    return stored;
  }

  /** Aggregates the answers so far, including those that the service has not reported yet. */
  async aggregate(): Promise<void> {
    await this.#local?.report();
    await this.#storeJournals();
  }

  async #storeJournals(): Promise<void> {
    for (const { journal, dir } of this.#engines) {
      journal.rotate();
      await storeSegments(this.#db, dir, this.#clock.now);
    }
  }

  /** Starts to aggregate and loses the database after `writes` writes. See `FlakyProxy.disconnectAfter`. */
  async interruptAggregation(which: number, writes: number, lastCommits: boolean): Promise<void> {
    const { journal, dir } = this.#engines[which] as Running;
    journal.rotate();
    const database = flakyProxy(this.#db);
    database.disconnectAfter(writes, lastCommits);
    await storeSegments(database.db, dir, this.#clock.now).catch(() => {});
  }

  /** Replaces an engine as after `kill -9`: its memory is lost, and the next one takes over its journal. */
  async kill(which: number): Promise<void> {
    const dead = this.#engines[which] as Running;
    dead.journal.flush();
    await dead.engine.stop();
    const next = await this.#startEngine();
    await rename(dead.dir, join(next.dir, "taken-dead"));
    this.#engines[which] = next;
    if (which === 0) await this.#local?.follow(next.engine);
  }

  /** Loses all limit counters. Answers are aggregated first, as at every start. */
  async loseLimits(): Promise<void> {
    await this.#local?.report();
    // A report that came after the aggregation would be left in a folder that nobody reads again.
    await this.#local?.leave();
    await this.#storeJournals();
    for (const { engine } of this.#engines) await engine.stop();
    this.#limiter = this.#newLimiter();
    const first = await this.#startEngine();
    this.#engines = [first, await this.#startEngine()];
    await this.#local?.follow(first.engine);
  }

  /** The usage counters by key and code. The service has ended then. */
  async counted(): Promise<Map<string, number>> {
    await this.#local?.close();
    await this.#storeJournals();
    return countsByKeyAndCode(this.#db);
  }

  /** The counters of report-only restrictions by key and code. */
  async reportOnlyCounted(): Promise<Map<string, number>> {
    const { q, t } = this.#db.read;
    const { keyId, code, count } = t.reportOnlyCounts;
    const rows = await q
      .select({ keyId, code, count: sql<number>`sum(${count})`.mapWith(Number) })
      .from(t.reportOnlyCounts)
      .groupBy(keyId, code);
    return new Map(rows.map((row) => [`${row.keyId} ${row.code}`, row.count]));
  }

  async stop(): Promise<void> {
    await this.#local?.close();
    for (const { engine } of this.#engines) await engine.stop();
    await rm(this.#root, { recursive: true });
  }

  async #startEngine(): Promise<Running> {
    const dir = await mkdtemp(join(this.#root, `${this.#started++}-`));
    const journal = new Journal(dir);
    const database = flakyProxy(this.#db);
    const engine = new Engine({
      db: database.db,
      journal,
      limiter: this.#limiter,
      now: this.#clock.now,
      clock: this.#clock.now,
      settings: {
        keyPrefix: "lk",
        staleMaxSeconds: 60,
        cacheKeys: CACHE_KEYS,
        cacheBytes: 64 * 1_048_576,
        importHmacSecrets: [HMAC_SECRET],
      },
    });
    await engine.start();
    return { engine, journal, dir, database, isDisconnected: false };
  }

  #newLimiter(): MemoryLimiter {
    return new MemoryLimiter({ backfill: usageBackfill(this.#db), clock: this.#clock.now });
  }
}
