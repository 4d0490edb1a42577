import { expect, test } from "vitest";
import { VERDICT_CODES } from "#core/verdict.ts";
import { openDb } from "#db/open.ts";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import { billedSums } from "./billed.ts";
import { RandomRun } from "./random-run.ts";
import { FAULT_SECONDS, SEED, TEST_TIMEOUT_MS } from "./settings.ts";

/** Few in `npm test`, where each takes six times as long on Postgres; thousands in `npm run test:faults`. */
const SHORT_STEPS = { sqlite: 500, postgres: 200 };
const STEPS = FAULT_SECONDS > 1 ? 5_000 : SHORT_STEPS[testDialect()];

/** Each must occur in a long run, and others may. Only a gateway's check can have no key. */
const EVERY_ANSWER = [
  ...VERDICT_CODES.filter((code) => code !== "KEY_MISSING"),
  "UNAVAILABLE",
  "answered while cut off",
  "TOKEN_VALID",
  "TOKEN_EXPIRED",
  "TOKEN_REVOKED",
].sort();

test(
  `in ${STEPS} random steps, every verdict and access token follows the rules, and is counted and billed once`,
  async () => {
    console.log(`FAULT_SEED=${SEED}`);
    const db = await openDb(await makeTestDatabase(), { poolSize: 5 });
    const run = await RandomRun.start(db, `${SEED} ${testDialect()}`);
    const { product } = run.both;
    try {
      await run.steps(STEPS);
      expect(product.answeredLocally).toBeGreaterThan(0);
      expect(await product.counted()).toEqual(run.load.answered);
      expect(await product.reportOnlyCounted()).toEqual(run.load.reportOnly);
      const { counted, stated, countedSince, exportedSince } = await billedSums(db, run.both.clock);
      expect(counted.units).toBeGreaterThan(0);
      expect({ stated, exportedSince }).toEqual({ stated: counted, exportedSince: countedSince });
      if (STEPS >= 5_000) expect([...run.load.seen.keys()]).toEqual(expect.arrayContaining(EVERY_ANSWER));
    } finally {
      await product.stop();
      await db.close();
    }
  },
  // Beside other tests, its steps take several times as long.
  4 * TEST_TIMEOUT_MS,
);
