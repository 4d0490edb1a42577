import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_DIALECTS, FAULT_MS, pause, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

/** The portal may have to be built first, and starts slowly. */
const PORTAL_TIMEOUT_MS = 180_000 + TEST_TIMEOUT_MS;

describe.each(FAULT_DIALECTS)("on %s", (dialect) => {
  let deployment: FaultDeployment;
  let portal = "";
  const choose = seededChoice("portals");
  beforeEach(async () => {
    deployment = await startFaultDeployment(await makeTestDatabase(dialect));
    portal = "portal 0";
    await deployment.startPortal(portal);
    await deployment.start("verifier 0");
    await deployment.changeThroughApi(() => portal);
    await deployment.begin();
  }, PORTAL_TIMEOUT_MS);
  afterEach(() => deployment.remove());

  /** Kills the portal at a random moment of a change and starts another one. */
  async function replacePortal(life: number, whileStopped: () => Promise<void>): Promise<void> {
    const before = deployment.changesAcknowledged;
    await expect
      .poll(() => deployment.changesAcknowledged, { timeout: TEST_TIMEOUT_MS })
      .toBeGreaterThan(before);
    await pause(choose([0, 20, 50, 90, 130, 140]));
    await deployment.kill(portal);
    await whileStopped();
    portal = `portal ${life}`;
    await deployment.startPortal(portal);
  }

  test(
    "a portal killed during changes loses no verdict, no count and no acknowledged change",
    async () => {
      const until = performance.now() + 2 * FAULT_MS;
      for (let life = 1; life === 1 || performance.now() < until; life++) {
        await replacePortal(life, async () => {
          const since = performance.now();
          await pause(FAULT_MS / 2);
          expect(deployment.answersOf("verifier 0", 200, since)).toBeGreaterThan(0);
        });
      }
      await deployment.stopAndVerify();
    },
    PORTAL_TIMEOUT_MS,
  );

  test(
    "a portal and a verifier killed at the same time recover everything they acknowledged",
    async () => {
      const until = performance.now() + 2 * FAULT_MS;
      for (let life = 1; life === 1 || performance.now() < until; life++) {
        await replacePortal(life, () => deployment.kill(`verifier ${life - 1}`));
        await deployment.start(`verifier ${life}`);
      }
      await deployment.stopAndVerify();
    },
    PORTAL_TIMEOUT_MS,
  );
});
