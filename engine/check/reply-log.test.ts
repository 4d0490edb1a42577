import { expect, test } from "vitest";
import { ReplyLog, ReplyQueue } from "./reply-log.ts";

const replyOf = (key: string) => ({ bodyHash: "hash", endsAt: 1, requestId: "req_1", body: `of ${key}` });

test("keys with the same hash, and the same key of two tokens, have different replies", () => {
  const log = new ReplyLog(1_000_000, () => 7);
  const [one, two] = [new ReplyQueue(), new ReplyQueue()];
  const keys = Array.from({ length: 500 }, (_, n) => `key ${n}`);
  for (const key of keys) {
    log.add(one, key, replyOf(key));
    log.add(two, key, replyOf(`two's ${key}`));
  }
  const found = (queue: ReplyQueue) => keys.map((key) => log.find(queue, key)?.body);
  expect(found(one)).toEqual(keys.map((key) => `of ${key}`));
  expect(found(two)).toEqual(keys.map((key) => `of two's ${key}`));
  log.removeExpired(one, 1, 200);
  expect(found(one)).toEqual(keys.map((key, n) => (n < 200 ? undefined : `of ${key}`)));
  expect(found(two)).not.toContain(undefined);
  log.removeExpired(two, 1, 500);
  expect(two.bytes).toBe(0);
  expect(found(one).slice(200)).not.toContain(undefined);
});

test("the memory of expired replies is reused, and what is no longer needed is freed", () => {
  const log = new ReplyLog(1_000_000);
  const queue = new ReplyQueue();
  let largest = 0;
  for (let n = 0; n < 20_000; n++) {
    log.add(queue, `key ${n}`, { ...replyOf(`${n}`), endsAt: n + 1_000 });
    log.removeExpired(queue, n, 10);
    largest = Math.max(largest, log.bytes);
  }
  // 1,000 replies at a time, of about 100 bytes each.
  expect(largest).toBeLessThan(300_000);
  expect(log.bytes).toBe(queue.bytes);
  log.removeExpired(queue, Number.POSITIVE_INFINITY, 1_000_000);
  expect([log.bytes, queue.bytes, queue.segments.length]).toEqual([0, 0, 0]);
});
