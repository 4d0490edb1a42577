import { describe, expect, test } from "vitest";
import { VERDICT_CODES } from "#core/verdict.ts";
import { openDb } from "#db/open.ts";
import { makeTestDatabase } from "../db.ts";
import { RandomRun } from "./random-run.ts";
import { FAULT_SECONDS, SEED, TEST_TIMEOUT_MS } from "./settings.ts";

/** A few where every change is tested, thousands in `npm run test:faults`. */
const STEPS = FAULT_SECONDS > 1 ? 5_000 : 500;

/** What thousands of steps must have met to say anything. Only a gateway misses a key. */
const EVERY_ANSWER = [
  ...VERDICT_CODES.filter((code) => code !== "KEY_MISSING"),
  "CANNOT_VOUCH",
  "answered while cut off",
].sort();

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  test(
    `in ${STEPS} random steps, the contract allows every verdict, and each is counted once`,
    async () => {
      console.log(`FAULT_SEED=${SEED}`);
      const db = await openDb(await makeTestDatabase(dialect), { poolSize: 5 });
      const run = await RandomRun.start(db, `${SEED} ${dialect}`);
      const { product } = run.both;
      try {
        await run.steps(STEPS);
        expect(await product.counted()).toEqual(run.asker.answered);
        expect(await product.tried()).toEqual(run.asker.tried);
        if (STEPS >= 5_000) expect([...run.asker.seen.keys()].sort()).toEqual(EVERY_ANSWER);
      } finally {
        await product.end();
        await db.close();
      }
    },
    TEST_TIMEOUT_MS,
  );
});
