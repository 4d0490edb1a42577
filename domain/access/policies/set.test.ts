import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin } from "#test/people.ts";
import { readPolicies } from "./read.ts";
import { setPolicies } from "./set.ts";

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

/** A database on which this many transactions begin before any continues; on SQLite they run one after the other. */
function begunTogether(count: number): Db {
  const all = Promise.withResolvers<void>();
  let begun = 0;
  return {
    ...db,
    write: (work) =>
      db.write(async (tx) => {
        if (++begun === count) all.resolve();
        if (db.dialect === "postgres") await all.promise;
        return work(tx);
      }),
  };
}

test.each(["there were none before", "there were some before"])(
  "policies that administrators set at the same time are all stored if %s",
  async (before) => {
    const [first, second] = [await makeAdmin(db), await makeAdmin(db)];
    if (before === "there were some before")
      await setPolicies({
        ctx: ctxOf(db, first),
        input: { leakedKeys: { live: "disable", test: "tell" } },
      });
    const together = begunTogether(3);
    const [one, other] = [ctxOf(together, first), ctxOf(together, second)];
    const unusedKeys = { warnDays: 30, disableDays: null, revokeDays: null };
    const secretAge = { maxDays: 90, cut: false };
    await Promise.all([
      setPolicies({ ctx: one, input: { unusedKeys } }),
      setPolicies({ ctx: other, input: { secretAge } }),
      setPolicies({ ctx: one, input: { liveKeysNeedApplicationRestriction: true } }),
    ]);
    expect(await readPolicies(db.read)).toMatchObject({
      ...{ unusedKeys, secretAge },
      liveKeysNeedApplicationRestriction: true,
    });
  },
);
