import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import type { UsageColumns, UsageFilter, UsageStore, UsageSums } from "#engine/usage/types.ts";
import { ctxOf, makeKey, makeProject, makeUser } from "./people.ts";
import { LABELS, merged, model, sorted } from "./usage-model.ts";

/** A store under test, with the database whose transactions record what it has. */
export interface StoreUnderTest {
  db: Db;
  store: UsageStore;
}

const LENGTHS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };
/** Recent: older rows may have expired. */
const BASE = startOf(DAY_MS, Date.now());
/** Texts that a careless query would break, or break out of. */
const HOSTILE = [
  "",
  "a",
  "b'); drop table latchkey_usage --",
  "back\\slash",
  'quote"',
  "tab\tline\n",
  "é😀",
  "{x:String}",
];

let batches = 0;
let projects = 0;

/** Adds rows as the aggregation does: in a transaction that records them, and then readably. */
export async function addRows({ db, store }: StoreUnderTest, rows: UsageRow[], id = `batch ${++batches}`) {
  await db.write((tx) => store.add(tx, { id, rows }));
  await store.deliver(db);
}

/** The guarantees of every usage store. */
export function usageStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let at: StoreUnderTest;
    beforeAll(async () => {
      at = await open();
    });

    const rowsOf = (projectId: string) =>
      fc.array(
        fc
          .record({
            interval: fc.constantFrom<UsageInterval>("minute", "hour", "day"),
            bucket: fc.integer({ min: 0, max: 4 }),
            labels: fc.array(fc.constantFrom(...HOSTILE), { minLength: 5, maxLength: 5 }),
            code: fc.constantFrom("VALID", "KEY_REVOKED", "RATE_LIMITED"),
            count: fc.integer({ min: 1, max: 2_000_000 }),
            units: fc.integer({ min: 0, max: 5_000_000_000 }),
          })
          .map(({ interval, bucket, labels, code, count, units }): UsageRow => {
            const [key = "", secret = "", api = "", operation = "", environment = ""] = labels;
            const start = BASE - bucket * LENGTHS[interval];
            const of = [interval, projectId, start, key, secret, api, operation, environment] as const;
            return [...of, code, count, code === "VALID" ? units : 0];
          }),
        { minLength: 1, maxLength: 12 },
      );
    const filterOf = (projectId: string) =>
      fc
        .record({
          interval: fc.constantFrom<UsageInterval>("minute", "hour", "day"),
          back: fc.integer({ min: 0, max: 5 }),
          length: fc.option(fc.integer({ min: 0, max: 5 })),
          offsetMs: fc.constantFrom(0, 1, 500, 30_000),
          keyId: fc.option(fc.array(fc.constantFrom(...HOSTILE), { maxLength: 3 })),
          onlyDenied: fc.boolean(),
          onlyKnown: fc.boolean(),
        })
        .map(({ interval, back, length, offsetMs, keyId, ...flags }): UsageFilter => {
          const from = BASE - back * LENGTHS[interval] + offsetMs;
          const to = length === null ? {} : { to: from + length * LENGTHS[interval] };
          const where = { projectId: [projectId], ...(keyId === null ? {} : { keyId }) };
          return { buckets: [{ interval, from, ...to }], where, ...flags };
        });

    test("sums by any labels are those of all rows, whatever is in the texts", async () => {
      const by = fc.subarray<keyof UsageColumns>([...LABELS, "bucket"]);
      const sums = fc.subarray<keyof UsageSums>(["checks", "denied", "units", "lastBucket"], {
        minLength: 1,
      });
      await fc.assert(
        fc.asyncProperty(fc.nat(), by, sums, fc.gen(), async (_, columns, names, g) => {
          const projectId = `prj_${++projects}`;
          const [one, two] = [g(rowsOf, projectId), g(rowsOf, projectId)];
          await addRows(at, merged(one));
          await addRows(at, merged(two));
          const filter = g(filterOf, projectId);
          const found = await at.store.sum(at.db.read, { by: columns, sums: names, ...filter });
          const expected = model([...one, ...two], { by: columns, sums: names, ...filter });
          // Without labels, an empty sum may be a row of zeros, and denied requests add up to zero units.
          const nonZero = (all: object[]) =>
            columns.length === 0 ? all.filter((row) => Object.values(row).some(Number)) : all;
          expect(sorted(nonZero(found))).toEqual(sorted(nonZero(expected)));
        }),
        { numRuns: 30, endOnFailure: true },
      );
    });

    test("the values of a label have the number of buckets in which they occur", async () => {
      const projectId = `prj_${++projects}`;
      const row = (bucket: number, api: string, count: number): UsageRow => [
        "hour",
        projectId,
        BASE - bucket * HOUR_MS,
        "key",
        "sec",
        api,
        "",
        "live",
        "VALID",
        count,
        count,
      ];
      await addRows(at, [row(0, "a", 1), row(1, "a", 2), row(1, "it's", 4)]);
      await addRows(at, [row(1, "a", 8)]);
      const filter = {
        buckets: [{ interval: "hour" as const, from: BASE - DAY_MS }],
        where: { projectId: [projectId] },
      };
      expect(sorted(await at.store.groupSizes(at.db.read, filter, "api"))).toEqual(
        sorted([
          { group: "a", points: 2, checks: 11 },
          { group: "it's", points: 1, checks: 4 },
        ]),
      );
    });

    test("the largest sums come first, and ties in the order of their labels", async () => {
      const projectId = `prj_${++projects}`;
      const row = (keyId: string, count: number): UsageRow => [
        "day",
        projectId,
        BASE,
        keyId,
        "",
        "",
        "",
        "",
        "VALID",
        count,
        count,
      ];
      await addRows(at, [row("key_c", 5), row("key_a", 5), row("key_b", 9), row("key_d", 1)]);
      const buckets = [{ interval: "day" as const, from: BASE }];
      const largest = await at.store.sum(at.db.read, {
        by: ["keyId"],
        sums: ["checks"],
        buckets,
        where: { projectId: [projectId] },
        largest: 3,
      });
      expect(largest.map(({ keyId }) => keyId)).toEqual(["key_b", "key_a", "key_c"]);
    });

    test("the external IDs of keys are labels like those that are stored", async () => {
      const owner = await makeUser(at.db);
      const ctx = ctxOf(at.db, owner);
      const projectId = await makeProject(at.db, owner);
      const ids = ["cus_7", "cus_7", "it's \\ hostile '); --", null];
      const keys: string[] = [];
      for (const externalId of ids) keys.push((await makeKey(ctx, projectId, { externalId })).key.id);
      const elsewhere = await makeKey(ctx, await makeProject(at.db, owner), { externalId: "cus_7" });
      const row = (keyId: string, count: number, code = "VALID"): UsageRow => [
        ...(["day", projectId, BASE, keyId, "", "a", "", "live", code, count, count] as const),
      ];
      await addRows(at, [
        ...keys.map((keyId, n) => row(keyId, 10 ** n)),
        row(keys[0] ?? "", 50_000, "KEY_REVOKED"),
        row("key_unknown", 100_000),
        // A key that belongs to another project by now.
        row(elsewhere.key.id, 200_000),
      ]);
      const query = {
        by: ["externalId" as const],
        sums: ["checks" as const, "denied" as const],
        buckets: [{ interval: "day" as const, from: BASE }],
        where: { projectId: [projectId] },
      };
      const sum = (more: object) => at.store.sum(at.db.read, { ...query, ...more });
      expect(sorted(await sum({}))).toEqual(
        sorted([
          { externalId: "cus_7", checks: 50_011, denied: 50_000 },
          { externalId: ids[2], checks: 100, denied: 0 },
          { externalId: "", checks: 301_000, denied: 0 },
        ]),
      );
      const only = (externalId: string[], more = {}) =>
        sum({ by: ["keyId"], where: { projectId: [projectId], externalId, ...more } });
      expect((await only(["cus_7"])).length).toBe(2);
      expect((await only([""])).length).toBe(3);
      expect(await only([ids[2] ?? ""], { keyId: [keys[0]] })).toEqual([]);
      expect(await only([])).toEqual([]);
      expect((await sum({ largest: 1 })).map(({ externalId }) => externalId)).toEqual([""]);
    });

    test("ranges of several intervals are added up", async () => {
      const projectId = `prj_${++projects}`;
      const row = (interval: UsageInterval, count: number): UsageRow => [
        interval,
        projectId,
        BASE,
        "key",
        "",
        "",
        "",
        "",
        "VALID",
        count,
        0,
      ];
      await addRows(at, [row("minute", 1), row("hour", 10), row("day", 100)]);
      const buckets = [
        { interval: "minute" as const, from: BASE, to: BASE + 1 },
        { interval: "day" as const, from: BASE },
      ];
      const query = { by: [], sums: ["checks" as const], buckets, where: { projectId: [projectId] } };
      expect(await at.store.sum(at.db.read, query)).toEqual([{ checks: 101 }]);
    });

    test("a batch that comes again because its transaction was not committed is counted once", async () => {
      const projectId = `prj_${++projects}`;
      const rows: UsageRow[] = [["day", projectId, BASE, "key", "", "", "", "", "VALID", 7, 7]];
      const id = `again ${projectId}`;
      const failing = at.db.write(async (tx) => {
        await at.store.add(tx, { id, rows });
        throw new Error("not committed");
      });
      await expect(failing).rejects.toThrow("not committed");
      await at.store.deliver(at.db);
      await addRows(at, rows, id);
      expect(await totalOf(at, projectId)).toBe(7);
    });
  });
}

/** All requests of a project by day. */
export async function totalOf({ db, store }: StoreUnderTest, projectId: string): Promise<number> {
  const query = {
    by: [],
    sums: ["checks" as const],
    buckets: [{ interval: "day" as const, from: 0 }],
    where: { projectId: [projectId] },
  };
  return (await store.sum(db.read, query))[0]?.checks ?? 0;
}
