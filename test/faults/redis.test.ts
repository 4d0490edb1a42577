import { afterEach, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import { COUNTER_START_TIMEOUT_MS, type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import type { Subject } from "./load.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const LIMIT = 5;
const WINDOW_SECONDS = 5;
/** A verifier has noticed an outage of Redis by then: timeout of 500 ms, probed every 250 ms. */
const DETECTION_MS = 1_000;
const POLL_OPTIONS = { timeout: 20_000, interval: 20 };

let redis: RedisServer;
let proxy: InterruptibleProxy;
let deployment: FaultDeployment;
let limited: Subject;

afterEach(async () => {
  await deployment.remove();
  await proxy.disconnect();
  await redis.stop();
});

/** Starts Redis, a proxy to it, a deployment on that database, and a key with a rate limit. */
async function begin(dialect: "sqlite" | "postgres", { persists = false } = {}): Promise<void> {
  redis = await startRedis({ persists });
  proxy = await startInterruptibleProxy(redis.url);
  deployment = await startFaultDeployment(await makeTestDatabase(dialect));
  limited = await deployment.makeLimited({ rate: { limit: LIMIT, windowSeconds: WINDOW_SECONDS } });
}

test.each(["refuse", "local"] as const)(
  "no limit is exceeded when Redis is killed, restarts empty and then delays its responses (%s)",
  async (mode) => {
    await begin("sqlite");
    for (const name of ["a", "b"])
      await deployment.start(name, { REDIS_URL: proxy.url, LATCHKEY_LIMITS_WITHOUT_REDIS: mode });
    await deployment.begin();
    await waitForUsedUpLimit();

    const endOutage = recordRedisOutage(mode);
    await redis.kill();
    await pause(FAULT_MS);
    await redis.start();
    endOutage();
    await waitForLimitedVerdicts();

    const endDelay = recordRedisOutage(mode);
    proxy.pauseResponses();
    await pause(DETECTION_MS + FAULT_MS);
    proxy.resumeResponses();
    endDelay();
    await waitForLimitedVerdicts();
    await expect.poll(() => passedSince(performance.now() - 100).length, POLL_OPTIONS).toBeGreaterThan(0);
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "no limit is exceeded when one of two machines loses Redis and Redis restarts with its data",
  async () => {
    await begin("postgres", { persists: true });
    await deployment.start("direct", { LATCHKEY_DATA_DIR: await deployment.makeDir(), REDIS_URL: redis.url });
    await deployment.start("proxied", {
      LATCHKEY_DATA_DIR: await deployment.makeDir(),
      REDIS_URL: proxy.url,
    });
    await deployment.begin();
    await waitForLimitedVerdicts();
    await waitForUsedUpLimit();

    const since = performance.now();
    const endDisconnection = recordRedisOutage("refuse", "proxied");
    await proxy.disconnect();
    await pause(FAULT_MS);
    await proxy.reconnect();
    await waitForLimitedVerdicts();
    endDisconnection();
    expect(deployment.answersOf("direct", 503, since)).toBe(0);

    const endOutage = recordRedisOutage("refuse");
    await redis.kill();
    await redis.start();
    await waitForLimitedVerdicts();
    endOutage();
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "no limit is exceeded when Redis closes every connection repeatedly and is emptied",
  async () => {
    await begin("sqlite");
    for (const name of ["a", "b"]) await deployment.start(name, { REDIS_URL: proxy.url });
    await deployment.begin();
    await waitForUsedUpLimit();

    const endOutage = recordRedisOutage("refuse");
    const until = performance.now() + FAULT_MS;
    while (performance.now() < until) {
      await redis.send("CLIENT KILL TYPE normal SKIPME yes");
      await pause(150);
    }
    await redis.send("FLUSHALL");
    await waitForLimitedVerdicts();
    endOutage();
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

/** Resolves when the limit has just been used up, before the requests are aggregated. */
async function waitForUsedUpLimit(): Promise<void> {
  const hasPassed = () => passedSince(performance.now() - WINDOW_SECONDS * 1_000).length;
  await expect.poll(hasPassed, POLL_OPTIONS).toBe(LIMIT);
}

async function waitForLimitedVerdicts(): Promise<void> {
  for (const verifier of deployment.verifiers.values())
    await expect.poll(() => deployment.load.check(verifier, limited), POLL_OPTIONS).not.toBeNull();
}

const passedSince = (from: number) =>
  deployment.history.answers.filter(
    ({ subject, code, startedAt }) => subject === limited.subject && code === "VALID" && startedAt >= from,
  );

/**
 * Records an outage of Redis, for one verifier or all, until the returned function is called. That function checks
 * that requests of limited keys were rejected as `mode` says.
 */
function recordRedisOutage(mode: "refuse" | "local", verifier?: string): () => void {
  const { answers, outages, uncertain } = deployment.history;
  const from = performance.now();
  const subjects = (one: string) => one === limited.subject;
  const outage = { verifier, from, to: Number.POSITIVE_INFINITY, subjects };
  outages.push(outage);
  if (mode === "local") uncertain.push({ from, to: from + DETECTION_MS });
  return () => {
    const now = performance.now();
    outage.to = now + COUNTER_START_TIMEOUT_MS;
    if (mode === "local") return uncertain.push({ from: now, to: now + DETECTION_MS });
    const rejected = answers.filter(
      (one) => subjects(one.subject) && one.status === 503 && one.startedAt >= from,
    );
    return expect(rejected.length).toBeGreaterThan(0);
  };
}
