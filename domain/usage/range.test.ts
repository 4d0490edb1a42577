import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKET_MS } from "#core/time.ts";
import { fewestBuckets, wholeBuckets } from "./range.ts";

const instant = fc.integer({ min: 0, max: 3 * BUCKET_MS.day });

test("short buckets at the edges and whole days between cover a range without gaps or overlaps", () => {
  fc.assert(
    fc.property(instant, instant, (one, other) => {
      const range = wholeBuckets("minute", Math.min(one, other), Math.max(one, other) + 1);
      const parts = fewestBuckets(range).toSorted((a, b) => a.from - b.from);
      expect(parts[0]?.from).toBe(range.from);
      expect(parts.at(-1)?.to).toBe(range.to);
      for (const [at, { interval, from, to }] of parts.entries()) {
        expect(to).toBe(parts[at + 1]?.from ?? range.to);
        expect([from % BUCKET_MS[interval], to % BUCKET_MS[interval]]).toEqual([0, 0]);
        if (interval === "minute") expect(to - from).toBeLessThan(2 * BUCKET_MS.hour);
        if (interval === "hour") expect(to - from).toBeLessThan(2 * BUCKET_MS.day);
      }
    }),
  );
});
