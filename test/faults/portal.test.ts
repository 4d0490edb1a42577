import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_DIALECTS, FAULT_MS, pause, seededChoice, TEST_TIMEOUT_MS } from "./settings.ts";

/** A portal may have to be built first, and takes its time to start. */
const WITHIN_MS = 180_000 + TEST_TIMEOUT_MS;

describe.each(FAULT_DIALECTS)("on %s", (dialect) => {
  let world: FaultDeployment;
  let portal = "";
  const dice = seededChoice("portals");
  beforeEach(async () => {
    world = await startFaultDeployment(await makeTestDatabase(dialect));
    portal = "portal 0";
    await world.startPortal(portal);
    await world.start("verifier 0");
    await world.changeByCalls(() => portal);
    await world.begin();
  }, WITHIN_MS);
  afterEach(() => world.remove());

  /** Killed amid changes and checks of its own, at any moment of them, and started again. */
  async function endPortal(life: number, besides: () => Promise<void>): Promise<void> {
    const before = world.changesAnswered;
    await expect.poll(() => world.changesAnswered, { timeout: TEST_TIMEOUT_MS }).toBeGreaterThan(before);
    await pause(dice([0, 20, 50, 90, 130, 140]));
    await world.kill(portal);
    await besides();
    portal = `portal ${life}`;
    await world.startPortal(portal);
  }

  test(
    "a portal killed during changes loses no verdict, no count and no acknowledged change",
    async () => {
      const until = performance.now() + 2 * FAULT_MS;
      for (let life = 1; life === 1 || performance.now() < until; life++) {
        await endPortal(life, async () => {
          const since = performance.now();
          await pause(FAULT_MS / 2);
          expect(world.answersOf("verifier 0", 200, since)).toBeGreaterThan(0);
        });
      }
      await world.settle();
    },
    WITHIN_MS,
  );

  test(
    "a portal and a verifier killed at the same time recover everything they acknowledged",
    async () => {
      const until = performance.now() + 2 * FAULT_MS;
      for (let life = 1; life === 1 || performance.now() < until; life++) {
        await endPortal(life, () => world.kill(`verifier ${life - 1}`));
        await world.start(`verifier ${life}`);
      }
      await world.settle();
    },
    WITHIN_MS,
  );
});
