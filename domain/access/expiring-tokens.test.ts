import { beforeEach, expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { makeProject, makeUser, START } from "#test/people.ts";
import type { UserActor } from "../context.ts";
import { countExpiringTokens } from "./expiring-tokens.ts";

let db: Db;
let user: UserActor;
beforeEach(async () => {
  db = await openTestDb();
  user = await makeUser(db);
});

const insert = (
  owner: object,
  expiresAt: number | null,
  lastUsedAt: number | null,
  revokedAt: number | null = null,
) => {
  const id = newId("managementToken");
  const row = { id, name: "deploy", hash: id, hint: "", createdAt: START, expiresAt, lastUsedAt, revokedAt };
  return db.write((tx) => tx.q.insert(tx.t.managementTokens).values({ ...row, ...owner }));
};
const counted = () => countExpiringTokens(db.read, START);

test("only tokens that work, are in use and expire within 7 days count", async () => {
  const { userId } = user;
  const projectId = await makeProject(db, user);
  await insert({ userId }, START + 7 * DAY_MS, START - DAY_MS);
  await insert({ projectId, role: "viewer", createdBy: userId }, START + 1, START - 6 * DAY_MS);
  for (const [expiresAt, lastUsedAt, revokedAt] of [
    [null, START, null],
    [START, START, null],
    [START + 7 * DAY_MS + 1, START, null],
    [START + DAY_MS, null, null],
    [START + DAY_MS, START - 7 * DAY_MS, null],
    [START + DAY_MS, START, START],
  ] as const) {
    await insert({ userId }, expiresAt, lastUsedAt, revokedAt);
  }
  expect(await counted()).toEqual({ user: 1, project: 1, service: 0 });
  await db.write(({ q, t }) => q.update(t.users).set({ disabledAt: START }));
  expect(await counted()).toEqual({ user: 0, project: 1, service: 0 });
});

test("an older secret counts when its overlap ends if it is still used, and an unused older secret does not", async () => {
  const row = { name: "deploy", hint: "", createdAt: START, userId: user.userId, lastUsedAt: START };
  const insertOlder = (id: string, olderEndsAt: number, olderUsedAt: number | null) =>
    db.write(({ q, t }) =>
      q.insert(t.managementTokens).values({
        ...row,
        id,
        hash: id,
        expiresAt: START + 90 * DAY_MS,
        olderHash: `old ${id}`,
        olderEndsAt,
        olderUsedAt,
      }),
    );
  await insertOlder("used", START + DAY_MS, START - 1);
  await insertOlder("unused", START + DAY_MS, null);
  await insertOlder("long", START + 8 * DAY_MS, START);
  await insertOlder("over", START, START);
  expect(await counted()).toEqual({ user: 1, project: 0, service: 0 });
});

test("service tokens count too", async () => {
  const row = { name: "edge", hint: "", trustedProxies: [], createdAt: START, createdBy: "test" };
  await db.write((tx) =>
    tx.q.insert(tx.t.serviceTokens).values([
      { ...row, id: "svt_1", hash: "1", expiresAt: START + DAY_MS, lastUsedAt: START },
      { ...row, id: "svt_2", hash: "2", expiresAt: null, lastUsedAt: START },
    ]),
  );
  expect(await counted()).toEqual({ user: 0, project: 0, service: 1 });
});
