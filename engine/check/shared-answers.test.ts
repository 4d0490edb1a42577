import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeKey } from "#test/people.ts";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";
import { hashBody } from "./first-answers.ts";
import { verdictReply } from "./reply.ts";
import { SharedAnswers } from "./shared-answers.ts";

let redis: RedisServer;
let [one, two] = [] as unknown as [SharedAnswers, SharedAnswers];
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
  [one, two] = [1, 2].map(() => new SharedAnswers({ url: redis.url, claimMs: 400, waitMs: 150 })) as [
    SharedAnswers,
    SharedAnswers,
  ];
  for (const each of [one, two]) await expect.poll(() => knows(each)).toBe(true);
});
afterEach(() => {
  one.close();
  two.close();
});

/** Whether it is connected: then a second claim finds the first. */
async function knows(answers: SharedAnswers): Promise<boolean> {
  const probe = `probe ${keys++}`;
  await answers.claim("svt", probe, hash);
  answers.settle("svt", probe, hash, answer("x"));
  return (await answers.claim("svt", probe, hash)) !== null;
}

test("another verifier knows the first answer, of the same service token and body only", async () => {
  expect(await one.claim("svt_1", key, hash)).toBeNull();
  one.settle("svt_1", key, hash, answer('{"valid":true}'));
  await expect.poll(() => two.claim("svt_1", key, hash)).toEqual(answer('{"valid":true}'));
  await expect(two.claim("svt_1", key, hashBody(Buffer.from("[]")))).rejects.toMatchObject({ status: 422 });
  expect(await two.claim("svt_2", key, hash)).toBeNull();
});

test("it waits while the first is being answered, and gives none instead of a second judgment", async () => {
  await one.claim("svt", key, hash);
  const waiting = two.claim("svt", key, hash);
  one.settle("svt", key, hash, answer("{}"));
  expect(await waiting).toEqual(answer("{}"));
  const other = `${key} other`;
  await one.claim("svt", other, hash);
  await expect(two.claim("svt", other, hash)).rejects.toThrow(/still being answered/);
  // The claim of a verifier that died ends.
  await expect.poll(() => two.claim("svt", other, hash).catch(() => "waiting")).toBeNull();
});

test("a problem or a very long answer is not shared", async () => {
  for (const reply of [{ ...answer("{}"), status: 503 }, answer("x".repeat(70_000))]) {
    await one.claim("svt", key, hash);
    one.settle("svt", key, hash, reply);
    await expect.poll(() => two.claim("svt", key, hash).catch(() => "waiting")).toBeNull();
    two.settle("svt", key, hash, { ...answer(""), status: 503 });
    await expect.poll(() => one.claim("svt", key, hash).catch(() => "waiting")).toBeNull();
    one.settle("svt", key, hash, { ...answer(""), status: 503 });
  }
});

test("without Redis, every request is a first one", async () => {
  const alone = new SharedAnswers({ url: "redis://127.0.0.1:1" });
  expect(await alone.claim("svt", key, hash)).toBeNull();
  alone.settle("svt", key, hash, answer("{}"));
  expect(await alone.claim("svt", key, hash)).toBeNull();
  alone.close();
});

test("a retry at a verifier that has not seen the request gets the first verdict and consumes nothing", async () => {
  const verifier: TestVerifier = await startTestVerifier({ sharedAnswers: one });
  try {
    const limits = { rate: { limit: 10, windowSeconds: 60 } };
    const { secret } = await makeKey(verifier.ctx, verifier.projectId, { limits });
    const ask = () => verifier.post({ key: secret, api: "badges" }, { headers: { "Idempotency-Key": key } });
    const first = await (await ask()).text();
    // As at another verifier, which remembers nothing.
    vi.spyOn(verifier.engine.firstAnswers, "find").mockReturnValueOnce(null);
    const again = await ask();
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.text()).toBe(first);
    expect(JSON.parse(first).rateLimit.remaining).toBe(9);
  } finally {
    await verifier.stop();
  }
});
