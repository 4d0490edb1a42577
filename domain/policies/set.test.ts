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

test.each(["there were none before", "there were some before"])(
  "of two administrators who each set another rule at once both have their way, where %s",
  async (before) => {
    const [first, second] = [ctxOf(db, await makeAdmin(db)), ctxOf(db, await makeAdmin(db))];
    if (before === "there were some before")
      await setPolicies({ ctx: first, input: { leakedKeys: { live: "disable", test: "tell" } } });
    const unusedKeys = { warnDays: 30, disableDays: null, revokeDays: null };
    const secretAge = { maxDays: 90, cut: false };
    await Promise.all([
      setPolicies({ ctx: first, input: { unusedKeys } }),
      setPolicies({ ctx: second, input: { secretAge } }),
      setPolicies({ ctx: first, input: { liveKeysNeedApplicationRestriction: true } }),
    ]);
    expect(await readPolicies(db.read)).toMatchObject({
      ...{ unusedKeys, secretAge },
      liveKeysNeedApplicationRestriction: true,
    });
  },
);
