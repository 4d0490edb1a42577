import { afterEach, expect, test } from "vitest";
import { makeTestDatabase } from "../db.ts";
import { type InterruptibleProxy, startInterruptibleProxy } from "../interruptible-proxy.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import { BEGUN_WITHIN_MS, type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import type { Subject } from "./load.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

const LIMIT = 5;
const WINDOW_SECONDS = 5;
/** Redis is known to be away by then: it has half a second to answer, and is looked for every quarter. */
const FOUND_OUT_MS = 1_000;
const PATIENTLY = { timeout: 20_000, interval: 20 };

let redis: RedisServer;
let way: InterruptibleProxy;
let world: FaultDeployment;
let limited: Subject;

afterEach(async () => {
  await world.remove();
  await way.disconnect();
  await redis.stop();
});

/** A Redis and the way to it, a world on that database, and a key with a rate. */
async function begin(dialect: "sqlite" | "postgres", { keeps = false } = {}): Promise<void> {
  redis = await startRedis({ keeps });
  way = await startInterruptibleProxy(redis.url);
  world = await startFaultDeployment(await makeTestDatabase(dialect));
  limited = await world.makeLimited({ rate: { limit: LIMIT, windowSeconds: WINDOW_SECONDS } });
}

test.each(["refuse", "local"] as const)(
  "no limit is exceeded when Redis is killed, restarts empty and then delays its responses (%s)",
  async (mode) => {
    await begin("sqlite");
    for (const name of ["a", "b"])
      await world.start(name, { REDIS_URL: way.url, LATCHKEY_LIMITS_WITHOUT_REDIS: mode });
    await world.begin();
    await usedUp();

    const isBack = away(mode);
    await redis.kill();
    await pause(FAULT_MS);
    await redis.start();
    isBack();
    await judgesAgain();

    const isReleased = away(mode);
    way.pauseResponses();
    await pause(FOUND_OUT_MS + FAULT_MS);
    way.resumeResponses();
    isReleased();
    await judgesAgain();
    await expect.poll(() => passedSince(performance.now() - 100).length, PATIENTLY).toBeGreaterThan(0);
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);

test(
  "no limit is exceeded when one of two machines loses Redis and Redis restarts with its data",
  async () => {
    await begin("postgres", { keeps: true });
    await world.start("straight", { LATCHKEY_DATA_DIR: await world.makeDir(), REDIS_URL: redis.url });
    await world.start("round", { LATCHKEY_DATA_DIR: await world.makeDir(), REDIS_URL: way.url });
    await world.begin();
    await judgesAgain();
    await usedUp();

    const since = performance.now();
    const isMended = away("refuse", "round");
    await way.disconnect();
    await pause(FAULT_MS);
    await way.reconnect();
    await judgesAgain();
    isMended();
    expect(world.answersOf("straight", 503, since)).toBe(0);

    const isBack = away("refuse");
    await redis.kill();
    await redis.start();
    await judgesAgain();
    isBack();
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);

test(
  "no limit is exceeded when Redis closes every connection repeatedly and is emptied",
  async () => {
    await begin("sqlite");
    for (const name of ["a", "b"]) await world.start(name, { REDIS_URL: way.url });
    await world.begin();
    await usedUp();

    const isBack = away("refuse");
    const until = performance.now() + FAULT_MS;
    while (performance.now() < until) {
      await redis.tell("CLIENT KILL TYPE normal SKIPME yes");
      await pause(150);
    }
    await redis.tell("FLUSHALL");
    await judgesAgain();
    isBack();
    await world.settle();
  },
  TEST_TIMEOUT_MS,
);

/** Resolves when all that the limit gives has just passed: nobody has counted it yet. */
async function usedUp(): Promise<void> {
  const hasPassed = () => passedSince(performance.now() - WINDOW_SECONDS * 1_000).length;
  await expect.poll(hasPassed, PATIENTLY).toBe(LIMIT);
}

async function judgesAgain(): Promise<void> {
  for (const verifier of world.verifiers.values())
    await expect.poll(() => world.load.ask(verifier, limited), PATIENTLY).not.toBeNull();
}

const passedSince = (from: number) =>
  world.history.answers.filter(
    ({ subject, code, startedAt }) => subject === limited.subject && code === "VALID" && startedAt >= from,
  );

/**
 * Notes that Redis is away, for a verifier or all, until the returned function is called, which sees that
 * limited calls were answered so.
 */
function away(mode: "refuse" | "local", verifier?: string): () => void {
  const { answers, outages, unsure } = world.history;
  const from = performance.now();
  const subjects = (one: string) => one === limited.subject;
  const outage = { verifier, from, to: Number.POSITIVE_INFINITY, subjects };
  outages.push(outage);
  if (mode === "local") unsure.push({ from, to: from + FOUND_OUT_MS });
  return () => {
    const now = performance.now();
    outage.to = now + BEGUN_WITHIN_MS;
    if (mode === "local") return unsure.push({ from: now, to: now + FOUND_OUT_MS });
    const refused = answers.filter(
      (one) => subjects(one.subject) && one.status === 503 && one.startedAt >= from,
    );
    return expect(refused.length).toBeGreaterThan(0);
  };
}
