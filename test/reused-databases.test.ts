import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { makeUser } from "#test/people.ts";

const countUsers = ({ read: { q, t } }: Db) => q.$count(t.users);

test("each test begins with an empty database", async () => {
  const db = await openTestDb();
  await makeUser(db);
  expect(await countUsers(db)).toBe(1);
  await db.close();
  expect(await countUsers(await openTestDb())).toBe(0);
});

// On SQLite, each test gets a new file.
if (testDialect() === "postgres") {
  const nameOf = async ({ read: { q } }: Db) => {
    const [row] = await q.select({ name: sql<string>`current_database()` }).from(sql`(select 1) as one`);
    return row?.name;
  };

  test("a database is used again, also if its handle was copied", async () => {
    const db = await openTestDb();
    const name = await nameOf({ ...db });
    await db.close();
    expect(await nameOf(await openTestDb())).toBe(name);
  });

  test("a database whose URL was read is not used again: the test may have changed its definitions", async () => {
    const db = await openTestDb();
    const name = await nameOf(db);
    expect(new URL(db.url).pathname).toBe(`/${name}`);
    await db.close();
    expect(await nameOf(await openTestDb())).not.toBe(name);
  });

  test("once a test has ended, its handle reads and writes nothing", async () => {
    const db = await openTestDb();
    await db.close();
    expect(() => countUsers(db)).toThrow("the test has ended");
    await expect(makeUser(db)).rejects.toThrow("the test has ended");
  });
}
