import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { openTestDb } from "#test/db.ts";
import { recordChange } from "./changes.ts";
import { isForeignKeyViolation, isUniqueViolation } from "./errors.ts";
import { type Db, openDb, type Tx } from "./open.ts";
import { openSqliteClient } from "./sqlite-client.ts";

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
});

const addUser = (tx: Tx, email: string) =>
  tx.q
    .insert(tx.t.users)
    .values({ id: newId("user"), email, name: "Ada", siteRole: "developer", createdAt: 1 });
const emails = async () => (await db.read.q.select().from(db.read.t.users)).map((user) => user.email).sort();

test("a write that throws leaves nothing behind, and its error reaches the caller", async () => {
  const failedWrite = db.write(async (tx) => {
    await addUser(tx, "ada@example.com");
    await recordChange(tx, { kind: "key", subject: "key_1" }, 1);
    throw new Error("a rule was broken");
  });
  await expect(failedWrite).rejects.toThrow("a rule was broken");
  expect(await emails()).toEqual([]);
  expect(await db.read.q.select().from(db.read.t.changes)).toEqual([]);
});

test("a snapshot sees nothing that is written after its first read, and keeps no write waiting", async () => {
  await db.write((tx) => addUser(tx, "ada@example.com"));
  const inSnapshot = await db.snapshot(async ({ q, t }) => {
    const read = async () => (await q.select().from(t.users)).length;
    const before = await read();
    await db.write((tx) => addUser(tx, "bob@example.com"));
    return [before, await read()];
  });
  expect(inSnapshot).toEqual([1, 1]);
  expect(await emails()).toEqual(["ada@example.com", "bob@example.com"]);
});

test("a failed write does not stop the writes queued after it", async () => {
  const outcomes = await Promise.allSettled([
    db.write((tx) => addUser(tx, "ada@example.com")),
    db.write(async () => {
      throw new Error("no");
    }),
    db.write((tx) => addUser(tx, "bob@example.com")),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await emails()).toEqual(["ada@example.com", "bob@example.com"]);
});

test("a violated unique constraint is distinguished from every other failure", async () => {
  await db.write((tx) => addUser(tx, "ada@example.com"));
  const twice = await db.write((tx) => addUser(tx, "ada@example.com")).catch((error: unknown) => error);
  expect(isUniqueViolation(twice)).toBe(true);
  expect(isUniqueViolation(new Error("something else"))).toBe(false);
});

test("a violated foreign key is rejected and distinguished as well", async () => {
  const orphan = db.write((tx) =>
    tx.q
      .insert(tx.t.memberships)
      .values({ projectId: "prj_none", userId: "usr_none", role: "owner", createdAt: 1 }),
  );
  const error = await orphan.catch((error: unknown) => error);
  expect(isForeignKeyViolation(error)).toBe(true);
  expect(isUniqueViolation(error)).toBe(false);
});

test("a hundred concurrent writes all succeed, and their changes have rising numbers", async () => {
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      db.write((tx) => recordChange(tx, { kind: "key", subject: `key_${i}` }, i)),
    ),
  );
  const { changes } = db.read.t;
  const rows = await db.read.q.select().from(changes).orderBy(asc(changes.seq));
  expect(new Set(rows.map((row) => row.subject)).size).toBe(100);
  expect(rows.every((row, i) => i === 0 || row.seq > (rows[i - 1]?.seq ?? 0))).toBe(true);
});

test("a connection that the server closes between two statements fails the write, not the process", async () => {
  if (db.dialect !== "postgres") return;
  const one = sql`(select 1) as one`;
  const ended = db.write(async (tx) => {
    const [backend] = await tx.q.select({ pid: sql<number>`pg_backend_pid()` }).from(one);
    const other = () => db.read.q.select({ ended: sql`pg_terminate_backend(${backend?.pid})` }).from(one);
    // Several iterations of the event loop, so that the close arrives before the next statement.
    for (let times = 0; times < 5; times++) await other();
    await addUser(tx, "ada@example.com");
  });
  await expect(ended).rejects.toThrow();
  await db.write((tx) => addUser(tx, "bob@example.com"));
  expect(await emails()).toEqual(["bob@example.com"]);
});

test("a write blocked by another process succeeds once that one is done, and so do the next", async () => {
  if (db.dialect !== "sqlite") return;
  const other = await openSqliteClient(db.url);
  const theirs = await other.transaction("write");
  const write = db.write((tx) => addUser(tx, "ada@example.com"));
  // Long enough for one or two attempts: each blocks this thread for the busy timeout.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  await theirs.execute("insert into changes (kind, subject, at) values ('key', 'key_1', 1)");
  await theirs.commit();
  theirs.close();
  await write;
  await other.execute("insert into changes (kind, subject, at) values ('key', 'key_2', 1)");
  await db.write((tx) => addUser(tx, "bob@example.com"));
  other.close();
  expect(await emails()).toEqual(["ada@example.com", "bob@example.com"]);
});

test("a connection that replaces a blocked one has the same pragmas, also after a replacement that failed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-pragmas-"));
  const path = join(folder, "latchkey.db");
  const opened = await openDb(`file:${path}`);
  try {
    const pragmas = () =>
      opened.write(({ q }) =>
        q
          .select({
            foreignKeys: sql`(select foreign_keys from pragma_foreign_keys)`,
            recursiveTriggers: sql`(select recursive_triggers from pragma_recursive_triggers)`,
            synchronous: sql`(select synchronous from pragma_synchronous)`,
            busyTimeout: sql`(select timeout from pragma_busy_timeout)`,
            tempStore: sql`(select temp_store from pragma_temp_store)`,
            cacheSize: sql`(select cache_size from pragma_cache_size)`,
          })
          .from(sql`(select 1) as one`),
      );
    /** Resolves with the result of a write that another process blocks until `meanwhile` was called. */
    const blocked = async (meanwhile: () => void) => {
      const other = await openSqliteClient(`file:${path}`);
      const theirs = await other.transaction("write");
      const write = pragmas().catch((error: unknown) => error);
      // Long enough for the first attempt: it blocks this thread for the busy timeout.
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      meanwhile();
      theirs.close();
      other.close();
      return write;
    };
    const before = await pragmas();
    expect(before).toEqual([
      {
        foreignKeys: 1,
        recursiveTriggers: 1,
        synchronous: 2,
        busyTimeout: 20,
        tempStore: 2,
        cacheSize: -32_000,
      },
    ]);
    expect(await blocked(() => {})).toEqual(before);
    const failed = blocked(() => {
      renameSync(path, `${path}.away`);
      mkdirSync(path);
    });
    expect(await failed).toBeInstanceOf(Error);
    rmdirSync(path);
    renameSync(`${path}.away`, path);
    expect(await pragmas()).toEqual(before);
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true });
  }
});

test("a SQLite database that others could read is closed to them, and nothing else that a setting names", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-modes-"));
  try {
    const path = join(folder, "latchkey.db");
    await (await openDb(`file:${path}`)).close();
    const text = join(folder, "notes.txt");
    writeFileSync(
      text,
      "Not a database, and longer than the header of one, which has a hundred bytes.\n".repeat(9),
    );
    for (const [name, mode] of [
      [path, 0o644],
      [text, 0o644],
      [folder, 0o755],
    ] as const)
      chmodSync(name, mode);
    await (await openDb(`file:${path}`)).close();
    await expect(openDb(`file:${text}`)).rejects.toThrow();
    await expect(openDb(`file:${folder}`)).rejects.toThrow();
    const modes = [path, text, folder].map((name) => (statSync(name).mode & 0o777).toString(8));
    expect(modes).toEqual(["640", "644", "755"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("on SQLite, something is called before each statement, inside and outside of transactions", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-open-"));
  let statements = 0;
  const opened = await openDb(`file:${join(folder, "a.db")}`, { beforeStatement: () => void statements++ });
  try {
    const one = () => sql`(select 1 as n) as one`;
    await opened.read.q.select({ n: sql`n` }).from(one());
    await opened.write(async (tx) => {
      await tx.execute(sql`create table a (n integer)`);
      await tx.q.select({ n: sql`n` }).from(one());
    });
    expect(statements).toBe(3);
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true });
  }
});
