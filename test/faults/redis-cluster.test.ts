import { afterEach, beforeEach, expect, test } from "vitest";
import { slotOf } from "#engine/redis/cluster-slot.ts";
import { makeTestDatabase } from "../db.ts";
import { type RedisTestCluster, startRedisCluster } from "../redis-cluster.ts";
import { COUNTER_START_TIMEOUT_MS, type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const POLL_OPTIONS = { timeout: 30_000, interval: 20 };

let cluster: RedisTestCluster;
let deployment: FaultDeployment;

beforeEach(async () => {
  cluster = await startRedisCluster();
  deployment = await startFaultDeployment(await makeTestDatabase("postgres"));
});
afterEach(async () => {
  await deployment.remove();
  await cluster.stop();
});

test(
  "no limit is exceeded when the slot of its counters moves, its master dies and a replica takes over",
  async () => {
    const limited = await deployment.makeLimited({ rate: { limit: 5, windowSeconds: 5 } });
    const key = `latchkey:{${slotOf(deployment.steadyProjectId) % 256}}:clock`;
    const [withReplica, other] = cluster.masters;
    if (!withReplica || !other) throw new Error("three masters run");
    // Not on the master that has a replica, so that it can move there.
    await cluster.moveSlot(key, other);
    for (const name of ["a", "b"]) {
      const dataDir = await deployment.makeDir();
      await deployment.start(name, { LATCHKEY_DATA_DIR: dataDir, REDIS_URL: cluster.url });
    }
    await deployment.begin();
    await waitForVerdicts();

    const outage = {
      from: performance.now(),
      to: Number.POSITIVE_INFINITY,
      subjects: (subject: string) => subject === limited.subject,
    };
    deployment.history.outages.push(outage);
    await cluster.moveSlot(key, withReplica);
    await waitForVerdicts();
    await withReplica.kill();
    await pause(FAULT_MS);
    await expect.poll(async () => (await cluster.ownerOf(key)).port, POLL_OPTIONS).toBe(cluster.replica.port);
    await cluster.settled();
    await waitForVerdicts();
    await cluster.moveSlot(key, other);
    await waitForVerdicts();
    outage.to = performance.now() + COUNTER_START_TIMEOUT_MS;
    await deployment.stopAndVerify();

    async function waitForVerdicts() {
      for (const verifier of deployment.verifiers.values())
        await expect.poll(() => deployment.load.check(verifier, limited), POLL_OPTIONS).not.toBeNull();
    }
  },
  TEST_TIMEOUT_MS,
);
