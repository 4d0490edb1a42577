import fc from "fast-check";
import { expect, test } from "vitest";
import { verdictReply } from "./reply.ts";
import { StoredReplies, type StoreReply } from "./stored-replies.ts";

const BODY_HASH = "hash";
const reply = verdictReply("req_1", "x");

/** One request of a random sequence. Some keys and texts are not ASCII, and some replies are larger than a segment. */
const request = fc.record({
  afterMs: fc.nat(20_000),
  token: fc.constantFrom("svt_1", "svt_2", "svt_3"),
  key: fc.oneof(fc.constantFrom("a", "b", "é", "日本", "🔑"), fc.string({ maxLength: 64, unit: "binary" })),
  text: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("x", "é", "日").map((unit) => unit.repeat(30_000)),
  ),
  status: fc.constantFrom(200, 200, 200, 503),
  replayMs: fc.constantFrom(undefined, undefined, 0, 5_000),
  /** How many requests of the sequence begin before it is answered. */
  pendingFor: fc.constantFrom(0, 0, 1, 5),
});

type RandomRequest = typeof request extends fc.Arbitrary<infer T> ? T : never;

interface Expected {
  bodyHash: string;
  /** Null while pending. */
  reply: { requestId: string; body: string } | null;
  endsAt: number;
}

/** Sends requests to stored replies and to a simple model. Returns how many of the model's replies were not found. */
function compareWithModel(requests: readonly RandomRequest[], maxBytes: number): number {
  let nowMs = 0;
  let lost = 0;
  const stored = new StoredReplies(() => nowMs, maxBytes);
  const model = new Map<string, Expected>();
  let pending: { dueAt: number; settle: () => void }[] = [];
  for (const [at, { afterMs, token, key, text, status, replayMs, pendingFor }] of requests.entries()) {
    nowMs += afterMs;
    const name = JSON.stringify([token, key]);
    const known = model.get(name);
    const expected = known !== undefined && known.endsAt > nowMs ? known : null;
    const found = stored.find(token, key);
    if (found === null) {
      if (expected !== null) lost++;
      const bodyHash = `hash ${at}`;
      const requestId = `req_${at}`;
      const store: StoreReply = stored.begin(token, key, bodyHash);
      model.set(name, { bodyHash, reply: null, endsAt: Number.POSITIVE_INFINITY });
      const settle = () => {
        store({ ...verdictReply(requestId, text), status }, replayMs);
        if (status !== 200) model.delete(name);
        else
          model.set(name, {
            bodyHash,
            reply: { requestId, body: text },
            endsAt: nowMs + (replayMs ?? 60_000),
          });
      };
      pending.push({ dueAt: at + pendingFor, settle });
    } else {
      expect({ bodyHash: found.bodyHash, reply: found.reply }).toEqual({
        bodyHash: expected?.bodyHash,
        reply: expected?.reply && verdictReply(expected.reply.requestId, expected.reply.body),
      });
    }
    for (const { dueAt, settle } of pending) if (dueAt <= at) settle();
    pending = pending.filter(({ dueAt }) => dueAt > at);
    expect(stored.bytes).toBeLessThanOrEqual(maxBytes);
  }
  return lost;
}

test("the first reply is found as it was sent until it expires, as in a map", () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 200, size: "max" }), (requests) => {
      expect(compareWithModel(requests, 64 * 1_024 * 1_024)).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test("with little memory, a reply that is still found is the right one", () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 200, size: "max" }), (requests) => {
      compareWithModel(requests, 100_000);
    }),
    { numRuns: 200 },
  );
});

test("stored responses are bounded by bytes, and the token with the most loses its oldest", () => {
  const kept = new StoredReplies(() => 0, 100_000);
  const long = verdictReply("req_1", "x".repeat(700));
  kept.begin("quiet", "only", BODY_HASH)(long);
  for (let n = 0; n < 1_000; n++) kept.begin("busy", String(n), BODY_HASH)(long);
  expect(kept.bytes).toBeLessThanOrEqual(100_000);
  expect(kept.find("quiet", "only")).not.toBeNull();
  expect(kept.find("busy", "0")).toBeNull();
  expect(kept.find("busy", "999")).not.toBeNull();
});

test("the oldest response is found at once, however many were stored and dropped before", () => {
  let nowMs = 0;
  const kept = new StoredReplies(() => nowMs);
  const store = (count: number) => {
    const cpu = process.threadCpuUsage();
    for (let n = 0; n < count; n++, nowMs++) {
      const key = String(nowMs);
      if (kept.find("busy", key) === null) kept.begin("busy", key, BODY_HASH)(reply);
    }
    return process.threadCpuUsage(cpu).user;
  };
  // Until the first ones expire, and then while each stored answer replaces an older one.
  const filling = store(60_000);
  const replacing = store(60_000);
  expect(replacing / filling).toBeLessThan(10);
});

test("a response that is replaced or dropped leaves the others in their order", () => {
  let nowMs = 0;
  const kept = new StoredReplies(() => nowMs);
  for (const key of ["a", "b", "c", "d"]) {
    kept.begin("service", key, BODY_HASH)(reply);
    nowMs += 10_000;
  }
  kept.begin("service", "b", BODY_HASH)({ ...reply, status: 503 });
  kept.begin("service", "a", BODY_HASH)(reply);
  // All but the new one of "a" have expired.
  nowMs = 90_000;
  expect(["a", "b", "c", "d"].filter((key) => kept.find("service", key) !== null)).toEqual(["a"]);
  nowMs = 100_000;
  expect(kept.find("service", "a")).toBeNull();
  expect(kept.bytes).toBe(0);
});

test("expired responses use no memory", () => {
  let nowMs = 0;
  const kept = new StoredReplies(() => nowMs);
  kept.begin("service", "a", BODY_HASH)(reply);
  nowMs = 60_000;
  expect(kept.find("service", "a")).toBeNull();
  expect(kept.bytes).toBe(0);
});

test("no request waits until all replies of an idle token have been removed", () => {
  let nowMs = 0;
  const kept = new StoredReplies(() => nowMs);
  for (let n = 0; n < 100_000; n++) kept.begin("service", String(n), BODY_HASH)(reply);
  const before = kept.bytes;
  nowMs = 60_000;
  expect(kept.find("service", "0")).toBeNull();
  expect(kept.bytes).toBeGreaterThan(0.9 * before);
  for (let n = 0; n < 1_000; n++) kept.find("service", "0");
  expect(kept.bytes).toBe(0);
});
