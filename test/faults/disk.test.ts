import { afterEach, beforeEach, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type Disk, makeDisk } from "./disk/disk.ts";
import { type FaultDeployment, RECOVERY_TIMEOUT_MS, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const SLOW_MS = 100;

let disk: Disk;
let deployment: FaultDeployment;

beforeEach(async () => {
  disk = await makeDisk();
  deployment = await startFaultDeployment(await makeTestDatabase("sqlite"));
  await deployment.start("on the disk", disk.env);
  await deployment.start("beside it");
  await deployment.begin();
});
afterEach(async () => {
  await deployment.remove();
  await disk.remove();
});

test(
  "when the journal's disk is full, no verdict is sent without its journal line, and the verifier recovers without a restart",
  async () => {
    const from = performance.now();
    const outage = { verifier: "on the disk", from, to: Number.POSITIVE_INFINITY };
    deployment.history.outages.push(outage);
    disk.fill();
    await expect
      .poll(() => deployment.answersOf("on the disk", 503, from), { timeout: 5_000 })
      .toBeGreaterThan(0);
    await pause(FAULT_MS);
    disk.clear();
    outage.to = performance.now() + RECOVERY_TIMEOUT_MS;
    await deployment.stopAndVerify();
    expect(deployment.load.lost).toBe(0);
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
    // The write in progress, one for requests that arrived meanwhile, and both again for a request sent in two parts.
    expect(slow).toBeGreaterThan(SLOW_MS);
    expect(slow).toBeLessThan(5 * SLOW_MS + usual);
    await deployment.stopAndVerify();
    expect(deployment.load.lost).toBe(0);
  },
  TEST_TIMEOUT_MS,
);

/** 99th percentile of the verifier's response times, ms. */
function latencyOf(verifier: string, since: number): number {
  const took = deployment.history.answers
    .filter((answer) => answer.verifier === verifier && answer.startedAt >= since)
    .map(({ startedAt, endedAt }) => endedAt - startedAt)
    .sort((a, b) => a - b);
  return Math.round(took[Math.floor(took.length * 0.99)] ?? 0);
}
