import { afterEach, beforeEach, describe, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let deployment: FaultDeployment;
  beforeEach(async () => {
    deployment = await startFaultDeployment(await makeTestDatabase(dialect));
  });
  afterEach(() => deployment.remove());

  test(
    "verifiers killed under load, one after the other, lose no count and no revocation",
    async () => {
      const choose = seededChoice("kills");
      await deployment.start("a0");
      await deployment.start("b0");
      deployment.load.start();
      deployment.mutator.start();
      const until = performance.now() + 2 * FAULT_MS;
      for (let life = 0; performance.now() < until; life++) {
        await pause(choose([50, 200, 400]));
        const which = choose(["a", "b"]);
        const [name = ""] = [...deployment.verifiers.keys()].filter((one) => one.startsWith(which));
        await deployment.kill(name);
        await deployment.start(`${which}${life + 1}`);
      }
      await deployment.stopAndVerify();
    },
    TEST_TIMEOUT_MS,
  );
});
