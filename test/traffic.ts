import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Db } from "#db/open.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import type { CheckInput } from "#engine/check/check-input.ts";
import { Engine } from "#engine/engine.ts";
import { storeFirstUses } from "#engine/imports/first-uses.ts";
import { Journal } from "#engine/journal/journal.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { checkOf } from "./checks.ts";
import type { Clock } from "./people.ts";
import { readerUrlOf } from "./reused-databases.ts";

/** A verifier's engine with manual aggregation. */
export interface Traffic {
  /** Checks a key, writes the answer to the journal and returns its code. */
  send(input: Omit<CheckInput, "cost"> & { api: string }): Promise<string>;
  /** Clears the cache, so that changes take effect at once. */
  clearCache(): void;
  /** Aggregates the answers so far. */
  count(): Promise<void>;
  end(): Promise<void>;
}

interface TrafficOptions {
  importHmacSecrets?: readonly string[];
  /** Monotonic, ms. */
  monotonic?: () => number;
}

export async function startTraffic(
  db: Db,
  clock: Clock,
  { importHmacSecrets = [], monotonic = () => 0 }: TrafficOptions = {},
): Promise<Traffic> {
  const dir = await mkdtemp(join(tmpdir(), "latchkey-checks-"));
  const journal = new Journal(dir);
  const settings = {
    keyPrefix: "lk",
    staleMaxSeconds: 60,
    cacheKeys: 100,
    cacheBytes: 64 * 1_048_576,
    importHmacSecrets,
  };
  const limiter = new MemoryLimiter({ backfill: usageBackfill(db), clock: () => 0 });
  const engine = new Engine({
    db,
    listenUrl: readerUrlOf(db),
    settings,
    journal,
    limiter,
    now: clock.now,
    clock: monotonic,
  });
  await engine.start();
  return {
    async send(input) {
      const api = await engine.apiOf(input.api);
      if (!api) throw new Error(`create the API ${input.api} first`);
      const result = await engine.evaluate(checkOf(engine, api, input));
      engine.record(result, () => {});
      return result.verdict.code;
    },
    clearCache: () => engine.factStore.forgetAll(),
    async count() {
      journal.rotate();
      for (
        let uses = engine.imports.takeFirstUses();
        uses.length > 0;
        uses = engine.imports.takeFirstUses()
      ) {
        await storeFirstUses(db, uses, clock.now());
      }
      await storeSegments(db, dir, clock.now);
    },
    async end() {
      await engine.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
