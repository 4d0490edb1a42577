import fc from "fast-check";
import { expect, test } from "vitest";
import { allowedCheck } from "#test/journal-entry.ts";
import { writeLine } from "../journal/entry.ts";
import { UsageAggregate } from "./aggregate-usage.ts";
import { ALL_SHARDS, hasShard, SHARDS, shardOf, shardsBetween } from "./key-shards.ts";

const lineOf = (keyId: string) =>
  writeLine(allowedCheck({ keyId, secretId: keyId.replace("key", "sec") })).trimEnd();

/** The checks of each key in the rows of the aggregate's shards. */
function checksOf(usage: UsageAggregate): [string, number][] {
  const rows = usage.shardRows.flatMap((shard) => shard.usage);
  return rows.filter(([interval]) => interval === "day").map((row) => [row[3], row[9]]);
}

test("aggregates of consecutive shards count each line of a segment once, unless its shard is stored", () => {
  const key = fc.integer({ min: 0, max: 300 }).map((n) => `key_${n}`);
  const shard = fc.integer({ min: 0, max: SHARDS });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 400 }), shard, shard, fc.nat(4), (keys, one, other, drops) => {
      const stored = shardsBetween(Math.min(one, other), Math.max(one, other));
      const found = new Map<string, number>();
      let lines = 0;
      for (let from = 0; from < SHARDS; ) {
        const usage = new UsageAggregate("", null, from);
        // Another segment, nothing of which is stored.
        usage.beginSegment("seg_1", 0n);
        for (const keyId of keys) usage.add(lineOf(keyId));
        usage.beginSegment("seg_2", stored);
        for (const [at, keyId] of keys.entries()) {
          if (from === 0 && at % 100 === 50 && at / 100 < drops) usage.dropUpperShards();
          usage.add(lineOf(keyId));
        }
        for (const [keyId, checks] of checksOf(usage)) found.set(keyId, (found.get(keyId) ?? 0) + checks);
        lines += usage.lines;
        from = usage.endShard;
      }
      const expected = new Map<string, number>();
      for (const keyId of keys) {
        const times = hasShard(stored, shardOf(keyId)) ? 1 : 2;
        expected.set(keyId, (expected.get(keyId) ?? 0) + times);
      }
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      expect(lines).toBe([...expected.values()].reduce((sum, checks) => sum + checks, 0));
    }),
    { numRuns: 30 },
  );
});

test("the shards that an aggregate drops leave neither counts nor memory", () => {
  const key = fc.integer({ min: 0, max: 300 }).map((n) => `key_${n}`);
  fc.assert(
    fc.property(fc.array(key, { maxLength: 400 }), fc.nat(5), (keys, drops) => {
      const aggregate = (dropsFirst: boolean) => {
        const usage = new UsageAggregate("", null);
        const drop = () => {
          for (let n = 0; n < drops; n++) usage.dropUpperShards();
        };
        if (dropsFirst) drop();
        for (const keyId of keys) usage.add(lineOf(keyId));
        if (!dropsFirst) drop();
        const { lines, size, bytes, keyUses, secretUses, shardRows } = usage;
        return { lines, size, bytes, keyUses, secretUses, shardRows };
      };
      expect(aggregate(false)).toEqual(aggregate(true));
    }),
    { numRuns: 30 },
  );
});

test("the shard of a key never changes, and all shards fit into an integer of the database", () => {
  expect(["", "key_1", "key_2", "key_0123456789abcdefghijkl"].map(shardOf)).toEqual([37, 40, 1, 34]);
  expect(Number.isSafeInteger(Number(ALL_SHARDS))).toBe(true);
});
