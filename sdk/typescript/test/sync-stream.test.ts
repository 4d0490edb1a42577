import { afterEach, expect, test } from "vitest";
import type { SyncEvent } from "../../../engine/sync/protocol.ts";
import { SyncStream } from "../src/local/sync-stream.ts";

/** This machine's clocks, and the verifier's monotonic one. */
const clocks = { monotonicMs: 0, wallMs: 0, verifierMs: 0 };
const pass = (ms: number) => {
  clocks.monotonicMs += ms;
  clocks.wallMs += ms;
  clocks.verifierMs += ms;
};
const sleep = (ms: number) => {
  clocks.wallMs += ms;
  clocks.verifierMs += ms;
};

let current: SyncStream | null = null;
afterEach(() => current?.close());

/** A stream of a verifier that sends what `beat` says, and knows of all changes up to then. */
async function follow() {
  let applied = 0;
  let send = (_: SyncEvent) => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (event) => controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`));
    },
  });
  const stream = new SyncStream({
    urls: ["http://verifier.example"],
    token: "lk_svc_test",
    fetch: async () => new Response(body),
    clock: { monotonic: () => clocks.monotonicMs, wall: () => clocks.wallMs },
    onChanged: () => {
      applied++;
    },
    onReset() {},
    onMayExist() {},
    onError() {},
  });
  current = stream;
  stream.start();
  const hello = {
    openedAt: clocks.verifierMs,
    resumed: true,
    keyPrefixes: ["lk"],
    tokenShapes: [],
    api: null,
  };
  send({ hello });
  const beat = async () => {
    const { verifierMs } = clocks;
    send({ confirmedAt: verifierMs, nowMs: verifierMs, latestAt: null, place: null, changed: ["subject"] });
    const before = applied;
    await expect.poll(() => applied).toBe(before + 1);
  };
  await beat();
  return { stream, beat };
}

test("sleeps that are too short to notice do not make the state look newer than it is", async () => {
  const { stream, beat } = await follow();
  for (let slept = 0; slept < 3; slept++) {
    sleep(400);
    await beat();
  }
  pass(800);
  expect(stream.isFresh).toBe(true);
  pass(200);
  expect(stream.isFresh).toBe(false);
});

test("a sleep counts into the age of the state and the verifier's time", async () => {
  const { stream, beat } = await follow();
  pass(100);
  await beat();
  const before = stream.freshTime();
  sleep(400);
  expect(stream.freshTime()).toBe((before ?? 0) + 400);
  pass(600);
  expect(stream.isFresh).toBe(false);
});

test("a clock that is set back does not make the state look newer than it is", async () => {
  const { stream } = await follow();
  pass(800);
  clocks.wallMs -= 400;
  expect(stream.isFresh).toBe(true);
  pass(200);
  expect(stream.isFresh).toBe(false);
});

test("facts are dropped when the next connection accepts other prefixes, and kept when it accepts the same", async () => {
  const connections: ((event: SyncEvent) => void)[] = [];
  let resets = 0;
  let applied = 0;
  current = new SyncStream({
    urls: ["http://verifier.example"],
    token: "lk_svc_test",
    fetch: async () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          connections.push((event) =>
            controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`)),
          );
        },
      });
      return new Response(body);
    },
    clock: { monotonic: () => clocks.monotonicMs, wall: () => clocks.wallMs },
    onChanged: () => {
      applied++;
    },
    onReset: () => {
      resets++;
    },
    onMayExist() {},
    onError() {},
  });
  current.start();
  const { verifierMs } = clocks;
  const seen: number[] = [];
  for (const keyPrefixes of [["lk"], ["lk"], ["acme", "lk"], ["acme", "lk"], ["acme"]]) {
    const before = seen.length;
    await expect.poll(() => connections.length).toBe(before + 1);
    const send = connections[before];
    send?.({ hello: { openedAt: verifierMs, resumed: true, keyPrefixes, tokenShapes: [], api: null } });
    send?.({ confirmedAt: verifierMs, nowMs: verifierMs, latestAt: null, place: null, changed: ["subject"] });
    await expect.poll(() => applied).toBe(before + 1);
    seen.push(resets);
    send?.({ end: "stopping" });
  }
  expect(seen).toEqual([1, 1, 2, 2, 3]);
});
