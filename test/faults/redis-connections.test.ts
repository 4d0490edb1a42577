import { expect, test } from "vitest";
import { startLimitsInRedis } from "./limits-in-redis.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

test(
  "no limit is exceeded when one of two machines loses Redis and Redis restarts with its data",
  async () => {
    const limits = await startLimitsInRedis("postgres", { persists: true });
    const { redis, proxy, deployment } = limits;
    await deployment.start("direct", { LATCHKEY_DATA_DIR: await deployment.makeDir(), REDIS_URL: redis.url });
    await deployment.start("proxied", {
      LATCHKEY_DATA_DIR: await deployment.makeDir(),
      REDIS_URL: proxy.url,
    });
    await deployment.begin();
    await limits.waitForLimitedVerdicts();
    await limits.waitForUsedUpLimit();

    const since = performance.now();
    const endDisconnection = limits.recordRedisOutage("refuse", "proxied");
    await proxy.disconnect();
    await pause(FAULT_MS);
    await proxy.reconnect();
    await limits.waitForLimitedVerdicts();
    endDisconnection();
    expect(deployment.answersOf("direct", 503, since)).toBe(0);

    const endOutage = limits.recordRedisOutage("refuse");
    await redis.kill();
    await redis.start();
    await limits.waitForLimitedVerdicts();
    endOutage();
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);

test(
  "no limit is exceeded when Redis closes every connection repeatedly and is emptied",
  async () => {
    const limits = await startLimitsInRedis("sqlite");
    const { redis, proxy, deployment } = limits;
    for (const name of ["a", "b"]) await deployment.start(name, { REDIS_URL: proxy.url });
    await deployment.begin();
    await limits.waitForUsedUpLimit();

    const endOutage = limits.recordRedisOutage("refuse");
    const until = performance.now() + FAULT_MS;
    while (performance.now() < until) {
      await redis.send("CLIENT KILL TYPE normal SKIPME yes");
      await pause(150);
    }
    await redis.send("FLUSHALL");
    await limits.waitForLimitedVerdicts();
    endOutage();
    await deployment.stopAndVerify();
  },
  TEST_TIMEOUT_MS,
);
