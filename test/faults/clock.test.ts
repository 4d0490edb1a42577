import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type JourneyClock, makeJourneyClock } from "../../e2e/clock/clock.ts";
import { makeTestDatabase } from "../db.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { type FaultDeployment, STALE_MAX_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_DIALECTS, FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let clock: JourneyClock;
let world: FaultDeployment;
beforeEach(() => {
  clock = makeJourneyClock();
});
afterEach(async () => {
  await world.remove();
  clock.remove();
});

describe.each(FAULT_DIALECTS)("on %s", (dialect) => {
  test(
    "when a verifier's clock jumps by hours and days, no verdict is stale, no count is lost and no limit is exceeded",
    async () => {
      world = await startFaultDeployment(await makeTestDatabase(dialect));
      await world.makeLimited({ rate: { limit: 5, windowSeconds: 3 } });
      // The first counts limits for both.
      await world.start("jumps", clock.env);
      await world.start("goes on");
      await world.begin();
      for (const ms of [HOUR_MS, -2 * HOUR_MS, 3 * DAY_MS, -3 * DAY_MS]) {
        await clock.advance(ms);
        await pause(FAULT_MS);
      }
      await world.settle();
    },
    TEST_TIMEOUT_MS,
  );
});

describe("without a connection to the database", () => {
  let way: InterruptibleProxy;
  afterEach(() => way.disconnect());

  test.each([
    ["back", -HOUR_MS],
    ["forth", HOUR_MS],
  ])(
    "a verifier whose clock jumps %s serves stale verdicts no longer than the setting allows",
    async (_, ms) => {
      const url = await makeTestDatabase("postgres");
      world = await startFaultDeployment(url);
      way = await startInterruptibleProxy(url);
      await world.start("jumps", { ...clock.env, DATABASE_URL: way.url });
      await world.begin();
      const isBack = world.cutOff("jumps");
      await way.disconnect();
      await clock.advance(ms);
      await pause(STALE_MAX_MS + FAULT_MS);
      expect(world.answersOf("jumps", 503)).toBeGreaterThan(0);
      await way.reconnect();
      isBack();
      await world.settle();
    },
    TEST_TIMEOUT_MS,
  );
});
