import { afterEach, beforeEach, describe, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let world: FaultDeployment;
  beforeEach(async () => {
    world = await startFaultDeployment(await makeTestDatabase(dialect));
  });
  afterEach(() => world.remove());

  test(
    "verifiers killed under load, one after the other, lose no count and no revocation",
    async () => {
      const dice = seededChoice("kills");
      await world.start("a0");
      await world.start("b0");
      world.load.start();
      world.changer.start();
      const until = performance.now() + 2 * FAULT_MS;
      for (let life = 0; performance.now() < until; life++) {
        await pause(dice([50, 200, 400]));
        const which = dice(["a", "b"]);
        const [name = ""] = [...world.verifiers.keys()].filter((one) => one.startsWith(which));
        await world.kill(name);
        await world.start(`${which}${life + 1}`);
      }
      await world.settle();
    },
    TEST_TIMEOUT_MS,
  );
});
