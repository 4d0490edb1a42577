import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin } from "#test/people.ts";
import { readPolicies } from "./read.ts";
import type { SetPoliciesInput } from "./schema.ts";
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

const STRICT = {
  liveKeysNeedApplicationRestriction: true,
  secretAge: { maxDays: 90, cut: true },
  unusedKeys: { warnDays: 30, disableDays: 60, revokeDays: 90 },
  leakedKeys: { live: "disable", test: "disable" },
  managementTokens: { maxDays: 30 },
} as const;

/** One change each: the parts of a policy are loosened separately. */
const LOOSENED: SetPoliciesInput[] = [
  { liveKeysNeedApplicationRestriction: false },
  { secretAge: null },
  { secretAge: { maxDays: 91, cut: true } },
  { secretAge: { maxDays: 30, cut: false } },
  { unusedKeys: { ...STRICT.unusedKeys, warnDays: 31 } },
  { unusedKeys: { ...STRICT.unusedKeys, disableDays: null } },
  { unusedKeys: { ...STRICT.unusedKeys, revokeDays: 120 } },
  { leakedKeys: { live: "tell", test: "disable" } },
  { leakedKeys: { live: "disable", test: "tell" } },
  { managementTokens: { maxDays: null } },
  { managementTokens: { maxDays: 31 } },
  { managementTokens: { maxDays: 7 }, liveKeysNeedApplicationRestriction: false },
];

test("a management token makes every policy stricter and none looser", async () => {
  const admin = await makeAdmin(db);
  const token = { id: "mgt_script", name: "script", scopes: ["admin:write"] } as const;
  const script = ctxOf(db, { ...admin, via: "token", token });
  expect(await setPolicies({ ctx: script, input: STRICT })).toMatchObject(STRICT);
  for (const input of LOOSENED) {
    await expect(setPolicies({ ctx: script, input }), JSON.stringify(input)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("stricter, not looser"),
    });
  }
  const stricter = { secretAge: { maxDays: 30, cut: true }, managementTokens: { maxDays: 7 } };
  expect(await setPolicies({ ctx: script, input: stricter })).toMatchObject({ ...STRICT, ...stricter });
  for (const input of LOOSENED) await setPolicies({ ctx: ctxOf(db, admin), input });
});

test("a policy of a later version stays while both versions run", async () => {
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin);
  await setPolicies({ ctx, input: { managementTokens: { maxDays: 30 } } });
  const stored = { ...(await readPolicies(db.read)), ofLaterVersion: { maxDays: 7 } };
  await db.write((tx) => tx.q.update(tx.t.policies).set({ value: stored }));
  await setPolicies({ ctx, input: { leakedKeys: { live: "disable", test: "tell" } } });
  expect(await readPolicies(db.read)).toMatchObject({
    ofLaterVersion: { maxDays: 7 },
    managementTokens: { maxDays: 30 },
    leakedKeys: { live: "disable", test: "tell" },
  });
});

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
      unusedKeys,
      secretAge,
      liveKeysNeedApplicationRestriction: true,
    });
  },
);
