import { describe, expect, test } from "vitest";
import { openDb } from "#db/open.ts";
import { makeTestDatabase } from "../db.ts";
import { FAULT_SECONDS, PATIENCE_MS, SEED } from "./form.ts";
import { RandomRun } from "./random-run.ts";

/** A few where every change is tested, thousands in `npm run test:faults`. */
const STEPS = FAULT_SECONDS > 1 ? 5_000 : 500;

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  test(
    `${STEPS} steps at random: every verdict is one that the contract allows, and all are counted once`,
    async () => {
      console.log(`FAULT_SEED=${SEED}`);
      const db = await openDb(await makeTestDatabase(dialect), { poolSize: 5 });
      const run = await RandomRun.start(db, `${SEED} ${dialect}`);
      try {
        await run.steps(STEPS);
        expect(await run.product.counted()).toEqual(run.expected);
      } finally {
        await run.product.end();
        await db.close();
      }
    },
    PATIENCE_MS,
  );
});
