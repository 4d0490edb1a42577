import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { connectClient } from "#db/connect.ts";
import type { Db } from "#db/open.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  for (const name of ["one", "two", "three", "four"]) await makeKey(ctxOf(db, owner), projectId, { name });
});

test("every row gets its position, the same however often it is sealed, and the chain is complete", async () => {
  const written = await db.read.q.$count(db.read.t.audit);
  expect(await verifyAudit(db)).toMatchObject({
    rows: 0,
    unsealed: written,
    unsealedSince: START,
    broken: null,
  });
  expect(await sealAudit(db)).toBe(written);
  const report = await verifyAudit(db);
  expect(report).toMatchObject({
    rows: written,
    unsealed: 0,
    unsealedSince: null,
    broken: null,
    expectedFound: null,
  });
  expect(await sealAudit(db)).toBe(0);
  expect(await verifyAudit(db)).toEqual(report);
});

test("the chain is verified in one snapshot, because a deletion of an account changes rows meanwhile", async () => {
  await sealAudit(db);
  const nothingElse = { ...db, read: null as never, write: () => Promise.reject(new Error("outside")) };
  expect(await verifyAudit(nothingElse)).toMatchObject({ broken: null, unsealed: 0 });
});

test("two processes that seal at once produce one chain", async () => {
  const written = await db.read.q.$count(db.read.t.audit);
  await Promise.all([sealAudit(db), sealAudit(db), sealAudit(db)]);
  await sealAudit(db);
  expect(await verifyAudit(db)).toMatchObject({ rows: written, unsealed: 0, broken: null });
});

test("the database lets nobody change, unseal or delete a row", async () => {
  await sealAudit(db);
  const { audit } = db.read.t;
  const attempts = [
    () => db.write(({ q }) => q.update(audit).set({ actorName: "Someone else" })),
    () => db.write(({ q }) => q.update(audit).set({ chain: null, hash: null })),
    () => db.write(({ q }) => q.update(audit).set({ hash: "0" })),
    () => db.write(({ q }) => q.delete(audit)),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining("can't be changed") }),
    });
  }
});

test("a row that is not sealed yet can't be changed either, not even while it is sealed", async () => {
  const { audit } = db.read.t;
  const attempt = db.write(({ q }) =>
    q.update(audit).set({ actorName: "Someone else", chain: 1, hash: "0" }).where(eq(audit.seq, 1)),
  );
  await expect(attempt).rejects.toThrow();
});

// Postgres has no such statement.
if (testDialect() === "sqlite") {
  test("a row can't be replaced by another with its number", async () => {
    await sealAudit(db);
    const client = await openSqliteClient(db.url);
    const columns = "id, at, actor_name, via, action, subject_id, subject_name";
    const replace = client.execute(
      `insert or replace into audit (seq, ${columns}) select seq, ${columns} from audit where chain = 2`,
    );
    await expect(replace).rejects.toThrow(/can't be changed/);
    client.close();
    expect(await verifyAudit(db)).toMatchObject({ broken: null });
  });
}

describe("tampering that bypasses the database's triggers is detected", () => {
  let positions: { seq: number; hash: string | null }[];
  beforeEach(async () => {
    await sealAudit(db);
    const { q, t } = db.read;
    positions = await q
      .select({ seq: t.audit.seq, hash: t.audit.hash })
      .from(t.audit)
      .orderBy(asc(t.audit.chain));
    await dropGuard();
  });
  const seqAt = (position: number) => positions[position - 1]?.seq ?? 0;

  test.each([
    ["a name", { actorName: "Someone else" }],
    ["a time", { at: 1 }],
    ["an address", { address: "203.0.113.1" }],
    ["what it was before", { before: { name: "another" } }],
    ["what it was after", { after: {} }],
  ])("changing %s", async (_, change) => {
    const { audit } = db.read.t;
    await db.write(({ q }) =>
      q
        .update(audit)
        .set(change)
        .where(eq(audit.seq, seqAt(3))),
    );
    expect(await verifyAudit(db)).toMatchObject({ rows: 2, broken: { position: 3, why: "changed" } });
  });

  test.each([0, -1])(
    "adding a row at position %i, outside the chain from the first row",
    async (position) => {
      const { audit } = db.read.t;
      await db.write(async ({ q }) => {
        const [row] = await q
          .select()
          .from(audit)
          .where(eq(audit.seq, seqAt(1)));
        if (!row) throw new Error("there is no row");
        await q.insert(audit).values({ ...row, seq: 9_999, id: "aud_forged", chain: position });
      });
      expect(await verifyAudit(db)).toMatchObject({
        broken: { position, rowId: "aud_forged", why: "added" },
      });
    },
  );

  test("removing a row from the middle", async () => {
    const { audit } = db.read.t;
    await db.write(({ q }) => q.delete(audit).where(eq(audit.seq, seqAt(2))));
    expect(await verifyAudit(db)).toMatchObject({ rows: 1, broken: { position: 2, why: "missing" } });
  });

  test("cutting off the end, by comparison with a recorded head", async () => {
    const { audit } = db.read.t;
    const recordedHead = positions.at(-1)?.hash ?? "";
    expect(await verifyAudit(db, recordedHead)).toMatchObject({ broken: null, expectedFound: true });
    await db.write(({ q }) => q.delete(audit).where(eq(audit.seq, seqAt(positions.length))));
    expect(await verifyAudit(db, recordedHead)).toMatchObject({ broken: null, expectedFound: false });
  });

  async function dropGuard(): Promise<void> {
    if (db.dialect === "sqlite") {
      const client = await openSqliteClient(db.url);
      await client.executeMultiple("drop trigger audit_is_kept; drop trigger audit_is_not_deleted");
      client.close();
    } else {
      const client = await connectClient(db.url);
      await client.query("drop trigger audit_is_kept on audit");
      await client.end();
    }
  }
});
