import { expect, test } from "vitest";
import { DETECTION_MS, POLL_OPTIONS, startLimitsInRedis } from "./limits-in-redis.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

test.each(["refuse", "local"] as const)(
  "no limit is exceeded when Redis is killed, restarts empty and then delays its responses (%s)",
  async (mode) => {
    const limits = await startLimitsInRedis("sqlite");
    const { redis, proxy, deployment } = limits;
    for (const name of ["a", "b"])
      await deployment.start(name, { REDIS_URL: proxy.url, LATCHKEY_LIMITS_WITHOUT_REDIS: mode });
    await deployment.begin();
    await limits.waitForUsedUpLimit();

    const endOutage = limits.recordRedisOutage(mode);
    await redis.kill();
    await pause(FAULT_MS);
    await redis.start();
    endOutage();
    await limits.waitForLimitedVerdicts();

    const endDelay = limits.recordRedisOutage(mode);
    proxy.pauseResponses();
    await pause(DETECTION_MS + FAULT_MS);
    proxy.resumeResponses();
    endDelay();
    await limits.waitForLimitedVerdicts();
    await expect
      .poll(() => limits.passedSince(performance.now() - 100).length, POLL_OPTIONS)
      .toBeGreaterThan(0);
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);
