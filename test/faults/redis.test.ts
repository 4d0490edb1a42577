import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cuttable, makeCuttable } from "../cuttable.ts";
import { makeTestDatabase } from "../db.ts";
import { type RedisServer, startRedis } from "../redis.ts";
import { FAULT_MS, PATIENCE_MS, pause } from "./form.ts";
import type { Subject } from "./load.ts";
import { type FaultWorld, makeFaultWorld, RECOVERED_WITHIN_MS } from "./world.ts";

const LIMIT = 5;
const WINDOW_SECONDS = 5;
/** What was answered longer ago is in the usage figures, from which lost counters begin. */
const COUNTED_WITHIN_MS = 2_000;
/** Redis is known to be away by then: it has half a second to answer, and is looked for every quarter. */
const FOUND_OUT_MS = 1_000;
const PATIENTLY = { timeout: 20_000, interval: 20 };

let redis: RedisServer;
let way: Cuttable;
let world: FaultWorld;
let limited: Subject;

beforeEach(async () => {
  redis = await startRedis();
  way = await makeCuttable(redis.url);
  world = await makeFaultWorld(await makeTestDatabase("sqlite"));
  limited = await world.makeLimited(LIMIT, WINDOW_SECONDS);
});
afterEach(async () => {
  await world.remove();
  await way.cut();
  await redis.stop();
});

test.each(["refuse", "local"] as const)(
  "Redis is killed and comes back empty, then holds its answers back (%s): no limit is exceeded",
  async (mode) => {
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
    way.hold();
    await pause(FOUND_OUT_MS + FAULT_MS);
    way.release();
    isReleased();
    await judgesAgain();
    await expect.poll(() => passedSince(performance.now() - 100).length, PATIENTLY).toBeGreaterThan(0);
    await world.settle();
  },
  PATIENCE_MS,
);

/** Resolves when all that the limit gives has passed, so long ago that it is in the usage figures. */
async function usedUp(): Promise<void> {
  const isUsedUp = () => {
    const ages = passedSince(0).map(({ endedAt }) => performance.now() - endedAt);
    return ages.length === LIMIT && Math.min(...ages) > COUNTED_WITHIN_MS;
  };
  await expect.poll(isUsedUp, PATIENTLY).toBe(true);
}

async function judgesAgain(): Promise<void> {
  for (const verifier of world.verifiers.values())
    await expect.poll(() => world.load.ask(verifier, limited), PATIENTLY).not.toBeNull();
}

const passedSince = (from: number) =>
  world.history.answers.filter(
    ({ subject, code, startedAt }) => subject === limited.subject && code === "VALID" && startedAt >= from,
  );

/** Notes that Redis is away until the returned function is called, which sees that limited calls were answered so. */
function away(mode: "refuse" | "local"): () => void {
  const { answers, outages, unsure } = world.history;
  const from = performance.now();
  const outage = { from, to: Number.POSITIVE_INFINITY, subjects: (one: string) => one === limited.subject };
  outages.push(outage);
  if (mode === "local") unsure.push({ from, to: from + FOUND_OUT_MS });
  return () => {
    const now = performance.now();
    outage.to = now + RECOVERED_WITHIN_MS;
    if (mode === "local") return unsure.push({ from: now, to: now + FOUND_OUT_MS });
    const refused = answers.filter(
      ({ subject, status, startedAt }) => subject === limited.subject && status === 503 && startedAt >= from,
    );
    return expect(refused.length).toBeGreaterThan(0);
  };
}
