import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type Disk, makeDisk } from "./disk/disk.ts";
import { type FaultDeployment, RECOVERED_WITHIN_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const SLOW_MS = 100;

let disk: Disk;
let world: FaultDeployment;

beforeEach(async () => {
  disk = await makeDisk();
  world = await startFaultDeployment(await makeTestDatabase("sqlite"));
  await world.start("on the disk", disk.env);
  await world.start("beside it");
  await world.begin();
});
afterEach(async () => {
  await world.remove();
  await disk.remove();
});

test(
  "when the journal's disk is full, no verdict is sent without its journal line, and the verifier recovers by itself",
  async () => {
    const from = performance.now();
    const outage = { verifier: "on the disk", from, to: Number.POSITIVE_INFINITY };
    world.history.outages.push(outage);
    disk.fill();
    await expect.poll(() => world.answersOf("on the disk", 503, from), { timeout: 5_000 }).toBeGreaterThan(0);
    await pause(FAULT_MS);
    disk.clear();
    outage.to = performance.now() + RECOVERED_WITHIN_MS;
    await world.settle();
    expect(world.load.lost).toBe(0);
  },
  TEST_TIMEOUT_MS,
);

test(
  "when the journal's disk is slow, verdicts wait for a few writes but never for a queue of them",
  async () => {
    const usual = latencyOf("on the disk", 0);
    const from = performance.now();
    disk.slowDown(SLOW_MS);
    await pause(2 * FAULT_MS);
    disk.slowDown(0);
    const slow = latencyOf("on the disk", from);
    // The write that is under way, one for what came meanwhile, and again where a request came in two parts.
    expect(slow).toBeGreaterThan(SLOW_MS);
    expect(slow).toBeLessThan(5 * SLOW_MS + usual);
    await world.settle();
    expect(world.load.lost).toBe(0);
  },
  TEST_TIMEOUT_MS,
);

/** What 99 of 100 answers took at most, ms. */
function latencyOf(verifier: string, since: number): number {
  const took = world.history.answers
    .filter((answer) => answer.verifier === verifier && answer.startedAt >= since)
    .map(({ startedAt, endedAt }) => endedAt - startedAt)
    .sort((a, b) => a - b);
  return Math.round(took[Math.floor(took.length * 0.99)] ?? 0);
}
