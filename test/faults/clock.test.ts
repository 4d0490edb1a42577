import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { type JourneyClock, makeJourneyClock } from "../../e2e/clock/clock.ts";
import { makeTestDatabase } from "../db.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { type FaultDeployment, STALE_MAX_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_DIALECTS, FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

let clock: JourneyClock;
let deployment: FaultDeployment;
beforeEach(() => {
  clock = makeJourneyClock();
});
afterEach(async () => {
  await deployment.remove();
  clock.remove();
});

describe.each(FAULT_DIALECTS)("on %s", (dialect) => {
  test(
    "when a verifier's clock jumps by hours and days, no verdict is stale, no count is lost and no limit is exceeded",
    async () => {
      deployment = await startFaultDeployment(await makeTestDatabase(dialect));
      await deployment.makeLimited({ rate: { limit: 5, windowSeconds: 3 } });
      // The first counts limits for both.
      await deployment.start("jumps", clock.env);
      await deployment.start("steady");
      await deployment.begin();
      for (const ms of [HOUR_MS, -2 * HOUR_MS, 3 * DAY_MS, -3 * DAY_MS]) {
        await clock.advance(ms);
        await pause(FAULT_MS);
      }
      await deployment.stopAndVerify();
    },
    TEST_TIMEOUT_MS,
  );
});

describe("without a connection to the database", () => {
  let proxy: InterruptibleProxy;
  afterEach(() => proxy.disconnect());

  test.each([
    ["back", -HOUR_MS],
    ["forth", HOUR_MS],
  ])(
    "a verifier whose clock jumps %s serves stale verdicts no longer than the setting allows",
    async (_, ms) => {
      const url = await makeTestDatabase("postgres");
      deployment = await startFaultDeployment(url);
      proxy = await startInterruptibleProxy(url);
      await deployment.start("jumps", { ...clock.env, DATABASE_URL: proxy.url });
      await deployment.begin();
      const endDisconnection = deployment.recordDisconnection("jumps");
      await proxy.disconnect();
      // A clock that is set forward looks like a machine that slept: what is known is too old, and is forgotten.
      const forgotten = { verifier: "jumps", from: performance.now(), to: Number.POSITIVE_INFINITY };
      if (ms > 0) deployment.history.outages.push(forgotten);
      await clock.advance(ms);
      await pause(STALE_MAX_MS + FAULT_MS);
      expect(deployment.answersOf("jumps", 503)).toBeGreaterThan(0);
      await proxy.reconnect();
      endDisconnection();
      forgotten.to = performance.now();
      await deployment.stopAndVerify();
    },
    TEST_TIMEOUT_MS,
  );
});
