import { createClient } from "@redis/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { TAKE_SCRIPT } from "./take-script.ts";

let redis: RedisServer;
let client: ReturnType<typeof createClient>;
beforeAll(async () => {
  redis = await startRedis();
  client = createClient({ url: redis.url });
  await client.connect();
});
afterAll(async () => {
  client.destroy();
  await redis.stop();
});

/** Takes from a quota of 10 whose period ends at `endMs`. `before`: the units used before, for the given `since`. */
async function take(endMs: number, units: number, { before = "?", since = 0 } = {}) {
  const args = [units, "take", "", "", since, "", "quota", 10, endMs, before].map(String);
  const reply = await client.sendCommand<number[]>(["EVAL", TAKE_SCRIPT, "2", "clock", "counter", ...args]);
  const [began = 0, , , fits, used] = reply;
  return { since: began, fits, used };
}

test("a period that is over by Redis's clock but not by the caller's is still counted", async () => {
  // By Redis's clock, which is the machine's.
  const endMs = Date.now() - 30_000;
  const { since, fits } = await take(endMs, 3);
  expect(fits).toBe(-1);
  expect(await take(endMs, 3, { before: "4", since })).toMatchObject({ fits: 1, used: 7 });
  expect(await take(endMs, 4)).toMatchObject({ fits: 0, used: 7 });
  expect(await take(endMs, 3)).toMatchObject({ fits: 1, used: 10 });
});
