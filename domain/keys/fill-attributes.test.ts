import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { ctxOf, makeProject, makeUser } from "#test/people.ts";
import { createKey } from "./create.ts";
import { fillKeyAttributes } from "./fill-attributes.ts";
import { createKeySchema } from "./schema.ts";

let db: Db;
let projectId: string;
let owner: Awaited<ReturnType<typeof makeUser>>;

beforeEach(async () => {
  db = await openTestDb();
  owner = await makeUser(db);
  projectId = await makeProject(db, owner);
});

async function make(name: string, metadata: object) {
  const input = createKeySchema.parse({ projectId, name, metadata, environment: "test" });
  return (await createKey({ ctx: ctxOf(db, owner), input })).key;
}
const attributesOf = async (keyId: string) => {
  const { keyAttributes } = db.read.t;
  const rows = await db.read.q
    .select()
    .from(keyAttributes)
    .where(eq(keyAttributes.keyId, keyId))
    .orderBy(asc(keyAttributes.name));
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};
/** As an older version left it. */
const forget = (keyId: string) =>
  db.write(({ q, t }) => q.delete(t.keyAttributes).where(eq(t.keyAttributes.keyId, keyId)));

test("the metadata of keys of an older version can be filtered; others stay; repeating changes nothing", async () => {
  const old = await make("old", { plan: "pro", seats: 3.5, on: true, none: null, long: "x".repeat(201) });
  await make("plain", {});
  const current = await make("current", { plan: "free" });
  await forget(old.id);
  expect(await fillKeyAttributes(db)).toBe(1);
  expect(await attributesOf(old.id)).toEqual({
    "metadata.plan": "pro",
    "metadata.seats": "3.5",
    "metadata.on": "true",
    "metadata.none": "null",
  });
  expect(await attributesOf(current.id)).toEqual({ "metadata.plan": "free" });
  expect(await fillKeyAttributes(db)).toBe(0);
});

test("all pages are done, even if a run was interrupted", async () => {
  const first = await make("first", { plan: "pro" });
  const { q, t } = db.read;
  const [row] = await q.select().from(t.keys).where(eq(t.keys.id, first.id));
  if (!row) throw new Error("no key");
  const many = Array.from({ length: 1_100 }, (_, i) => ({ ...row, id: `${row.id}${i}`, name: `${i}` }));
  await db.write(async (tx) => {
    for (let i = 0; i < many.length; i += 100) await tx.q.insert(tx.t.keys).values(many.slice(i, i + 100));
  });
  let writes = 0;
  const cut: Db = {
    ...db,
    write: (work) => (++writes === 2 ? Promise.reject(new Error("stopped")) : db.write(work)),
  };
  await expect(fillKeyAttributes(cut)).rejects.toThrow("stopped");
  const before = await q.$count(t.keyAttributes);
  expect(before).toBeGreaterThan(400);
  expect(await fillKeyAttributes(db)).toBe(1_101 - before);
  expect(await q.$count(t.keyAttributes)).toBe(1_101);
});

if (testDialect() === "postgres") {
  test("a key that is being changed is not waited for", async () => {
    const key = await make("busy", { plan: "pro" });
    await forget(key.id);
    await db.write(async (tx) => {
      await tx.q.update(tx.t.keys).set({ name: "renamed" }).where(eq(tx.t.keys.id, key.id));
      expect(await fillKeyAttributes(db)).toBe(0);
    });
    expect(await fillKeyAttributes(db)).toBe(1);
  });
}
