import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { listAudit } from "#domain/audit/list.ts";
import { presentAudit } from "#domain/audit/read.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeUser } from "#test/people.ts";

test("NUL and halves of surrogate pairs are stored the same on both databases, as U+FFFD", async () => {
  const db = await openTestDb();
  const { userId } = await makeUser(db, { name: "A\0da \ud83d" });
  const { users } = db.read.t;
  const [user] = await db.read.q.select().from(users).where(eq(users.id, userId));
  expect(user?.name).toBe("A\ufffdda \ufffd");
  // Searching for such a text is not an error either, and never finds the text without it.
  expect(await db.read.q.$count(users, eq(users.name, "A\0da \ud83d"))).toBe(1);
  expect(await db.read.q.$count(users, eq(users.id, `${userId}\0`))).toBe(0);
});

test("every text in an audit row is valid Unicode, whatever its input", async () => {
  const db = await openTestDb();
  const ctx = ctxOf(db, await makeAdmin(db));
  await db.write((tx) =>
    recordAudit(tx, ctx, {
      action: "key.renamed",
      subject: { id: "key_1", name: "cut \ud83d" },
      before: { "k\0": ["\udc00"] },
      after: { deep: { text: "\0" } },
    }),
  );
  const { items } = await listAudit({ ctx, input: { limit: 10 } });
  expect(items[0]).toMatchObject({
    subject: { name: "cut \ufffd" },
    before: { "k\ufffd": ["\ufffd"] },
    after: { deep: { text: "\ufffd" } },
  });
});

test("an audit row that was stored with half a surrogate pair can be read", async () => {
  const db = await openTestDb();
  const ctx = ctxOf(db, await makeAdmin(db));
  await db.write((tx) =>
    recordAudit(tx, ctx, { action: "key.renamed", subject: { id: "key_1", name: "x" } }),
  );
  const [row] = await db.read.q.select().from(db.read.t.audit);
  if (!row) throw new Error("no row");
  const shown = presentAudit({ ...row, subjectName: "\ud83d", after: { name: "cut \ud83d" } }, true);
  expect(shown.subject.name).toBe("\ufffd");
  expect(shown.after).toEqual({ name: "cut \ufffd" });
});
