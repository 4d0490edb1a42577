import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeKey } from "#test/people.ts";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import { verdictReply } from "./reply.ts";
import { SharedReplies } from "./shared-replies.ts";
import { hashBody } from "./stored-replies.ts";

let redis: RedisServer;
let one: SharedReplies;
let two: SharedReplies;
const hash = hashBody(Buffer.from("{}"));
const answer = (body: string) => verdictReply("req_1", body);
let keys = 0;
let key = "";

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  key = `key ${keys++}`;
  one = new SharedReplies({ url: redis.url, waitMs: 150 });
  two = new SharedReplies({ url: redis.url, waitMs: 150 });
  for (const each of [one, two]) await expect.poll(() => knows(each)).toBe(true);
});
afterEach(() => {
  one.close();
  two.close();
});

/** Whether it is connected: then a second claim finds the first. */
async function knows(replies: SharedReplies): Promise<boolean> {
  const probe = `probe ${keys++}`;
  (await first(replies, probe)).settle(answer("x"));
  return "reply" in (await replies.claim("svt", probe, hash));
}

/** Claims; fails if another verifier has answered. */
async function first(replies: SharedReplies, name = key) {
  const claimed = await replies.claim("svt", name, hash);
  if ("reply" in claimed) throw new Error("This is not the first request.");
  return claimed;
}

/** What a repetition gets; null if it is to be evaluated. */
async function repeated(replies: SharedReplies, name = key) {
  const claimed = await replies.claim("svt", name, hash);
  return "reply" in claimed ? claimed.reply : null;
}

/** As if the minute of all answers were nearly over. */
async function endAnswersIn(ms: number): Promise<void> {
  const each = `for _, name in ipairs(redis.call('KEYS', '*')) do redis.call('PEXPIRE', name, ${ms}) end`;
  await redis.send(`EVAL "${each} return 1" 0`);
}

test("another verifier knows the stored reply, of the same service token and body only", async () => {
  (await first(one)).settle(answer('{"valid":true}'));
  expect(await repeated(two)).toEqual(answer('{"valid":true}'));
  await expect(two.claim("svt", key, hashBody(Buffer.from("[]")))).rejects.toMatchObject({ status: 422 });
  expect(await two.claim("svt_2", key, hash)).toHaveProperty("settle");
});

test("a repetition waits while the first is being answered", async () => {
  const claim = await first(one);
  const waiting = repeated(two);
  claim.settle(answer("{}"));
  expect(await waiting).toEqual(answer("{}"));
});

test("a retry at the neighbor of a verifier that hangs is evaluated within the timeout of an SDK", async () => {
  const late = new SharedReplies({ url: redis.url });
  await expect.poll(() => knows(late)).toBe(true);
  const hung = await first(one);
  const since = performance.now();
  const claim = await first(late);
  expect(performance.now() - since).toBeLessThan(900);
  claim.settle(answer('"second"'));
  // The verifier that lost its claim no longer shares or ends anything.
  hung.settle(answer('"first"'));
  expect(await repeated(two)).toEqual(answer('"second"'));
  hung.settle({ ...answer(""), status: 503 });
  expect(await repeated(one)).toEqual(answer('"second"'));
  late.close();
});

test("if the first gets no verdict, one of its repetitions is evaluated and answers the others", async () => {
  const others = Array.from({ length: 3 }, () => new SharedReplies({ url: redis.url, waitMs: 5_000 }));
  for (const each of others) await expect.poll(() => knows(each)).toBe(true);
  const failing = await first(one);
  let evaluated = 0;
  const replies = others.map(async (each) => {
    const claimed = await each.claim("svt", key, hash);
    if ("reply" in claimed) return claimed.reply;
    evaluated++;
    claimed.settle(answer("{}"));
    return answer("{}");
  });
  failing.settle({ ...answer(""), status: 503 });
  expect(await Promise.all(replies)).toEqual(others.map(() => answer("{}")));
  expect(evaluated).toBe(1);
  for (const each of others) each.close();
});

test("an answer is kept for what is left of its minute", async () => {
  (await first(one)).settle(answer("{}"));
  expect(await repeated(two)).not.toBeNull();
  await endAnswersIn(5_000);
  const claimed = await two.claim("svt", key, hash);
  expect("reply" in claimed ? claimed.replayMs : null).toBeLessThanOrEqual(5_000);
});

test("a problem or a very long answer is not shared", async () => {
  for (const reply of [{ ...answer("{}"), status: 503 }, answer("x".repeat(70_000))]) {
    (await first(one)).settle(reply);
    (await first(two)).settle({ ...answer(""), status: 503 });
  }
});

test("without Redis, every request is a first one", async () => {
  const alone = new SharedReplies({ url: "redis://127.0.0.1:1" });
  (await first(alone)).settle(answer("{}"));
  expect(await repeated(alone)).toBeNull();
  alone.close();
});

test("a retry at a verifier that has not seen the request gets the first verdict and consumes nothing", async () => {
  const sharedReplies = new SharedReplies({ url: redis.url, waitMs: 15_000 });
  await expect.poll(() => knows(sharedReplies)).toBe(true);
  const verifier: TestVerifier = await startTestVerifier({ sharedReplies });
  try {
    const limits = { rate: { limit: 10, windowSeconds: 60 } };
    const { secret } = await makeKey(verifier.ctx, verifier.projectId, { limits });
    const ask = () => verifier.post({ key: secret, api: "badges" }, { headers: { "Idempotency-Key": key } });
    const first = await (await ask()).text();
    // As at another verifier, which remembers nothing.
    vi.spyOn(verifier.engine.storedReplies, "find").mockReturnValueOnce(null);
    const again = await ask();
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toBe(first);
    expect(JSON.parse(first).rateLimit.remaining).toBe(9);
    // This verifier does not keep it for another minute.
    await endAnswersIn(5_000);
    vi.spyOn(verifier.engine.storedReplies, "find").mockReturnValueOnce(null);
    expect((await ask()).headers.get("idempotency-replayed")).toBe("true");
    await redis.send("FLUSHDB");
    verifier.monotonic.ms += 5_000;
    expect((await ask()).headers.get("idempotency-replayed")).toBeNull();
  } finally {
    await verifier.stop();
    sharedReplies.close();
  }
});
