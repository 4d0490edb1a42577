import { expect, test } from "vitest";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { FactCache } from "./fact-cache.ts";
import { ReadLimiter } from "./read-limiter.ts";

interface Fact {
  about: string;
  version: number;
}

/** A cache over a database whose responses the test controls. */
function slowCache(max = 10) {
  const waiting: ((value: Fact | null) => void)[] = [];
  let reads = 0;
  const cache = new FactCache<Fact>({
    max,
    maxAbsent: 10,
    maxBytes: 1_000_000,
    bytesOf: () => 1,
    subjectsOf: (fact) => [fact.about],
    load: () => {
      reads++;
      return new Promise((resolve) => waiting.push(resolve));
    },
  });
  return {
    cache,
    reads: () => reads,
    async answer(value: Fact | null) {
      while (waiting.length === 0) await Promise.resolve();
      waiting.shift()?.(value);
    },
  };
}

test("concurrent look-ups of one key share a read, and its result is cached, even if the key does not exist", async () => {
  for (const fact of [{ about: "key_1", version: 1 }, null]) {
    const { cache, reads, answer } = slowCache();
    const lookup = Promise.all([cache.get("a"), cache.get("a"), cache.get("a")]);
    await answer(fact);
    expect(await lookup).toEqual([fact, fact, fact]);
    expect(cache.get("a")).toEqual(fact);
    expect(reads()).toBe(1);
  }
});

test("the result of a read that began before a change is discarded, because it may be older", async () => {
  const { cache, reads, answer } = slowCache();
  const lookup = cache.get("a");
  while (reads() === 0) await Promise.resolve();
  cache.invalidate("key_1");
  await answer({ about: "key_1", version: 1 });
  await answer({ about: "key_1", version: 2 });
  expect(await lookup).toMatchObject({ version: 2 });
  expect(cache.get("a")).toMatchObject({ version: 2 });
  expect(reads()).toBe(2);
});

test("a change of another subject causes no read", async () => {
  const { cache, reads, answer } = slowCache();
  const lookup = cache.get("a");
  while (reads() === 0) await Promise.resolve();
  cache.invalidate("key_2");
  await answer({ about: "key_1", version: 1 });
  await lookup;
  cache.invalidate("key_2");
  expect(cache.get("a")).toMatchObject({ version: 1 });
});

test("a change drops every entry about its subject, also from the index by subject", async () => {
  const { cache, answer } = slowCache(2);
  for (const key of ["a", "b", "c"]) {
    const lookup = cache.get(key);
    await answer({ about: "key_1", version: 1 });
    await lookup;
  }
  expect(cache.size).toBe(2);
  cache.invalidate("key_1");
  expect(cache.size).toBe(0);
});

test("look-ups of unknown keys never evict known keys, however many there are", async () => {
  const cache = new FactCache<Fact>({
    max: 2,
    maxAbsent: 5,
    maxBytes: 1_000_000,
    bytesOf: () => 1,
    subjectsOf: (fact) => [fact.about],
    load: async (key) => (key.startsWith("key") ? { about: key, version: 1 } : null),
  });
  await Promise.all([cache.get("key_1"), cache.get("key_2")]);
  for (let n = 0; n < 100; n++) await cache.get(`junk ${n}`);
  expect(cache.get("key_1")).toMatchObject({ about: "key_1" });
  expect(cache.get("key_2")).toMatchObject({ about: "key_2" });
  expect(cache.size).toBe(7);
  expect(cache.get("junk 99")).toBeNull();
});

test("clearing also discards the results of reads in progress, including absent keys", async () => {
  const { cache, reads, answer } = slowCache();
  const lookup = cache.get("slug");
  while (reads() === 0) await Promise.resolve();
  cache.clear();
  await answer(null);
  await answer({ about: "api_1", version: 1 });
  expect(await lookup).toMatchObject({ about: "api_1" });
});

test("a database failure is not cached, and the verdict is unavailable", async () => {
  let fails = true;
  const cache = new FactCache<Fact>({
    max: 10,
    maxAbsent: 10,
    maxBytes: 1_000_000,
    bytesOf: () => 1,
    subjectsOf: (fact) => [fact.about],
    load: async () => {
      if (fails) throw new Error("away");
      return null;
    },
  });
  await expect(cache.get("a")).rejects.toBeInstanceOf(VerdictUnavailable);
  fails = false;
  expect(await cache.get("a")).toBeNull();
});

test("reads at once and waiting reads are bounded, and the rest is rejected at once", async () => {
  const reads = new ReadLimiter(2, 3);
  let running = 0;
  let peak = 0;
  const ends: (() => void)[] = [];
  const work = async () => {
    peak = Math.max(peak, ++running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running--;
  };
  const all = Array.from({ length: 7 }, () => reads.run(work));
  const settled = Promise.allSettled(all);
  await Promise.resolve();
  for (let ended = 0; ended < 5; ended++) {
    while (ends.length === 0) await Promise.resolve();
    ends.shift()?.();
  }
  const results = await settled;
  expect(peak).toBe(2);
  expect(results.map(({ status }) => status)).toEqual([
    ...Array(5).fill("fulfilled"),
    "rejected",
    "rejected",
  ]);
});

test("entries are dropped by their bytes, the least recently used first, and one larger than all is not kept", async () => {
  const sizes: Record<string, number> = { a: 40, b: 40, c: 40, huge: 101 };
  let reads = 0;
  const cache = new FactCache<Fact>({
    max: 10,
    maxAbsent: 10,
    maxBytes: 100,
    bytesOf: ({ about }) => sizes[about] ?? 0,
    subjectsOf: ({ about }) => [about],
    load: async (key) => {
      reads++;
      return { about: key, version: 1 };
    },
  });
  for (const key of ["a", "b", "a", "c"]) await cache.get(key);
  expect(cache.bytes).toBe(80);
  expect([cache.get("a"), cache.get("c")]).toEqual([
    { about: "a", version: 1 },
    { about: "c", version: 1 },
  ]);
  expect(reads).toBe(3);
  for (let n = 0; n < 2; n++) expect(await cache.get("huge")).toEqual({ about: "huge", version: 1 });
  expect(reads).toBe(5);
  expect(cache.bytes).toBe(80);
});

test("an entry that is looked up again and again outlives those that are only added", async () => {
  let reads = 0;
  const cache = new FactCache<Fact>({
    max: 3,
    maxAbsent: 3,
    maxBytes: 1_000_000,
    bytesOf: () => 1,
    subjectsOf: ({ about }) => [about],
    load: async (key) => {
      reads++;
      return { about: key, version: reads };
    },
  });
  await cache.get("busy");
  for (let n = 0; n < 10; n++) {
    expect(cache.get("busy")).toEqual({ about: "busy", version: 1 });
    expect(cache.get("busy")).toEqual({ about: "busy", version: 1 });
    await cache.get(`other ${n}`);
  }
  expect(cache.get("busy")).toEqual({ about: "busy", version: 1 });
});

test("the entry that was looked up last is forgotten as soon as its subject changes or everything is cleared", async () => {
  let version = 1;
  const cache = new FactCache<Fact>({
    max: 3,
    maxAbsent: 3,
    maxBytes: 1_000_000,
    bytesOf: () => 1,
    subjectsOf: ({ about }) => [about],
    load: async () => ({ about: "subject", version }),
  });
  for (const forget of [() => cache.invalidate("subject"), () => cache.clear()]) {
    await cache.get("a");
    expect(cache.get("a")).toMatchObject({ version });
    version++;
    forget();
    expect(await cache.get("a")).toMatchObject({ version });
    expect(cache.get("a")).toMatchObject({ version });
  }
});
