import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { compileRestrictions } from "./compile.ts";
import { compiledBytes } from "./compiled-bytes.ts";
import { NO_RESTRICTIONS, type Restrictions } from "./types.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

const many = <Entry>(count: number, entry: (n: number) => Entry) =>
  Array.from({ length: count }, (_, n) => entry(n));

/** The set of one key, different for each. */
const SETS: [name: string, setOf: (key: number) => Partial<Restrictions>][] = [
  [
    "990 long referrers",
    (key) => ({ referrers: many(990, (n) => `h${n}.k${key}.example.com/${"p".repeat(1_900)}*`) }),
  ],
  ["990 short referrers", (key) => ({ referrers: many(990, (n) => `h${n}.k${key}.example.com/shop/*`) })],
  ["990 hosts", (key) => ({ referrers: many(990, (n) => `h${n}.k${key}.example.com`) })],
  ["1,000 IPv4 addresses", (key) => ({ ips: many(1_000, (n) => `198.${key}.${n % 250}.${2 * (n >> 8)}`) })],
  ["1,000 IPv6 networks", (key) => ({ ips: many(1_000, (n) => `2001:db8:${key}:${n}::/64`) })],
  [
    "500 apps of each system",
    (key) => ({
      apps: {
        android: many(500, (n) => ({
          package: `com.example.k${key}.a${n}`,
          sha1: `${key}${n}`.padStart(40, "0"),
        })),
        ios: many(500, (n) => ({ bundleId: `com.example.k${key}.a${n}` })),
      },
    }),
  ],
  [
    "1,000 operations",
    (key) => ({ apis: [{ api: `api-${key}`, operations: many(1_000, (n) => `badges.k${key}.op${n}`) }] }),
  ],
];

test.each(SETS)("the estimate for %s is close to the measured memory", (_, setOf) => {
  const texts = many(30, (key) => JSON.stringify({ ...NO_RESTRICTIONS, ...setOf(key) }));
  // Once before the measurement, so that V8's own caches are filled.
  compileRestrictions(JSON.parse(texts[0] ?? ""));
  const before = heapBytes();
  const kept = texts.map((text) => compileRestrictions(JSON.parse(text)));
  const taken = heapBytes() - before;
  const estimated = texts.reduce((bytes, text) => bytes + compiledBytes(JSON.parse(text)), 0);
  expect(kept).toHaveLength(30);
  expect(estimated / taken).toBeGreaterThan(1 / 1.5);
  expect(estimated / taken).toBeLessThan(1.5);
});

function heapBytes(): number {
  for (let n = 0; n < 3; n++) collect();
  return process.memoryUsage().heapUsed;
}
