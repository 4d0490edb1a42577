import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import type { Ctx, UserActor } from "../context.ts";
import { getKey } from "../keys/list.ts";
import { rotateKey } from "../keys/rotate.ts";
import { listAllKeys, revokeKeys } from "./keys.ts";
import { listAllKeysSchema } from "./schema.ts";
import { listVerifiers } from "./verifiers.ts";

let db: Db;
let ctx: Ctx;
let owner: UserActor;
let projects: string[];
const clock = makeClock();

beforeEach(async () => {
  clock.set(START);
  db = await openTestDb();
  owner = await makeUser(db);
  projects = [await makeProject(db, owner, "Chat"), await makeProject(db, owner, "Shop")];
  ctx = ctxOf(db, await makeAdmin(db), { clock });
});

const add = async (project: number, name: string, lastUsedAt: number | null = null) => {
  const { key } = await makeKey(ctxOf(db, owner, { clock }), projects[project] ?? "", { name });
  await db.write((tx) => tx.q.update(tx.t.keys).set({ lastUsedAt }).where(eq(tx.t.keys.id, key.id)));
  return key.id;
};
const names = async (filter: object) =>
  (await listAllKeys({ ctx, input: { limit: 50, ...filter } })).items.map((key) => key.name);

test("every key of every project is listed with its project's name, in pages, each once", async () => {
  for (const name of ["a", "b", "c"]) await add(0, name);
  for (const name of ["d", "eagle owl"]) await add(1, name);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAllKeys({ ctx, input: { limit: 2, cursor } });
    seen.push(...page.items.map((key) => `${key.projectName} ${key.name}`));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen.sort()).toEqual(["Chat a", "Chat b", "Chat c", "Shop d", "Shop eagle owl"]);
  expect(await names({ projectId: projects[1] })).toHaveLength(2);
  expect(await names({ q: "Gle O" })).toEqual(["eagle owl"]);
  expect(await names({ q: "gle o", projectId: projects[0] })).toEqual([]);
});

test("keys unused for N days are old enough to have been used and were not used since", async () => {
  await add(0, "never used", null);
  await add(0, "used long ago", START + DAY_MS);
  await add(0, "used lately", START + 39 * DAY_MS);
  clock.set(START + 35 * DAY_MS);
  await add(0, "young");
  clock.set(START + 40 * DAY_MS);
  expect((await names({ unusedForDays: 30 })).sort()).toEqual(["never used", "used long ago"]);
  expect((await names({ unusedForDays: 5 })).sort()).toEqual(["never used", "used long ago", "young"]);
  expect(await names({ unusedForDays: 0 })).toHaveLength(4);
});

test("secrets by age and expired keys are the same, whether all matches are read or the newest keys compared", async () => {
  const ids = [await add(0, "old"), await add(0, "rotated"), await add(1, "expired")];
  const [, rotated, expired] = ids;
  clock.set(START + 100 * DAY_MS);
  const as = ctxOf(db, owner, { clock });
  await rotateKey({
    ctx: as,
    input: { projectId: projects[0] ?? "", keyId: rotated ?? "", overlapSeconds: 60 },
  });
  await add(0, "new");
  await db.write(({ q, t }) =>
    q
      .update(t.keys)
      .set({ expiresAt: START })
      .where(eq(t.keys.id, expired ?? "")),
  );
  const outlived = await add(1, "outlived");
  await db.write(({ q, t }) => q.update(t.keys).set({ lifeEndsAt: START }).where(eq(t.keys.id, outlived)));
  for (const maxMatches of [0, 100]) {
    const found = async (filter: object) => {
      const input = listAllKeysSchema.parse(filter);
      return (await listAllKeys({ ctx, input }, { maxMatches })).items.map(({ name }) => name).sort();
    };
    expect(await found({ secretOlderThanDays: 90 })).toEqual(["expired", "old"]);
    expect(await found({ secretNewerThanDays: 90 })).toEqual(["new", "outlived", "rotated"]);
    expect(await found({ secretOlderThanDays: 90, secretNewerThanDays: 100 })).toEqual([]);
    expect(await found({ secretOlderThanDays: 90, status: "active" })).toEqual(["old"]);
    expect(await found({ status: "expired" })).toEqual(["expired", "outlived"]);
    expect(await found({ status: "expired", secretNewerThanDays: 90 })).toEqual(["outlived"]);
  }
});

test("many keys are revoked at once, and keys that do not exist are named", async () => {
  const ids = [await add(0, "a"), await add(1, "b")];
  const keyIds = [...ids, ids[0] ?? "", "key_none", "not an id\0"];
  const result = await revokeKeys({ ctx, input: { keyIds, reason: "found in a public repository" } });
  expect(result.revoked.sort()).toEqual(ids.sort());
  expect(result.failed).toEqual([
    { id: "key_none", code: "not-found" },
    { id: "not an id\0", code: "not-found" },
  ]);
  expect(await names({ status: "revoked" })).toHaveLength(2);
  const trace = await db.read.q
    .select()
    .from(db.read.t.audit)
    .where(eq(db.read.t.audit.action, "key.revoked"));
  expect(trace.map((row) => row.after)).toEqual(
    ids.map(() => ({ revokedAt: new Date(START).toISOString(), reason: "found in a public repository" })),
  );
});

test("two administrators who revoke the same keys in opposite order both succeed, with one audit entry for each key", async () => {
  const ids = [await add(0, "a"), await add(0, "b"), await add(1, "c")];
  const [first, second] = await Promise.all([
    revokeKeys({ ctx, input: { keyIds: ids, reason: "leaked" } }),
    revokeKeys({ ctx, input: { keyIds: ids.toReversed(), reason: "leaked" } }),
  ]);
  expect(first.revoked.sort()).toEqual(second.revoked.sort());
  const trace = await db.read.q
    .select()
    .from(db.read.t.audit)
    .where(eq(db.read.t.audit.action, "key.revoked"));
  expect(trace).toHaveLength(3);
  const asOwner = ctxOf(db, owner, { clock });
  const key = await getKey({ ctx: asOwner, input: { projectId: projects[0] ?? "", keyId: ids[0] ?? "" } });
  expect(key.status).toBe("revoked");
});

test("a verifier is listed with how far it is behind, and not once it is silent", async () => {
  const { verifiers, changes } = db.read.t;
  const verifier = { address: "http://10.0.0.5:3001", version: "1", startedAt: START };
  await db.write(async (tx) => {
    for (const at of [START - 500, START - 200]) {
      await tx.q.insert(changes).values({ kind: "key", subject: "key_1", at });
    }
    await tx.q.insert(verifiers).values([
      { ...verifier, id: "ver_behind", lastSeenAt: START, feedSeq: 0 },
      { ...verifier, id: "ver_current", startedAt: START + 1, lastSeenAt: START, feedSeq: 2 },
      {
        ...verifier,
        id: "ver_late",
        startedAt: START + 2,
        lastSeenAt: START,
        feedSeq: 2,
        feedGaps: [[1, 1]],
      },
      { ...verifier, id: "ver_gone", lastSeenAt: START - HOUR_MS, feedSeq: 0 },
    ]);
  });
  const { items } = await listVerifiers({ ctx, input: {} });
  expect(items.map(({ id, behind, behindMs }) => ({ id, behind, behindMs }))).toEqual([
    { id: "ver_behind", behind: 2, behindMs: 500 },
    { id: "ver_current", behind: 0, behindMs: 0 },
    { id: "ver_late", behind: 1, behindMs: 500 },
  ]);
});
