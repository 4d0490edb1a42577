import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import type { Ctx } from "../../context.ts";
import { reportFoundKey, reportLeaks } from "./report.ts";
import { reportFoundKeySchema, reportLeaksSchema } from "./schema.ts";

let db: Db;
let ctx: Ctx;
let secrets: [string, string];
let keyIds: string[];

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  const projectId = await makeProject(db, owner);
  const [one, two] = [await makeKey(ctx, projectId), await makeKey(ctx, projectId, { environment: "test" })];
  secrets = [one.secret, two.secret];
  keyIds = [one.key.id, two.key.id].sort();
});

const leaked = async () => (await db.read.q.select().from(db.read.t.leaks)).map(({ keyId }) => keyId).sort();
const visitor = () => ctxOf(db, { kind: "visitor", ipAddress: "203.0.113.9" });
const paste = (key: string) => reportFoundKey({ ctx: visitor(), input: reportFoundKeySchema.parse({ key }) });

const PASTES: [string, (one: string, two: string) => string][] = [
  ["alone", (one) => one],
  ["in a line of a file", (one) => `export KEY=${one}`],
  ["in quotes", (one) => `"${one}"`],
  ["as credentials of a request", (one) => `Authorization: Bearer ${one}`],
  ["behind a word character", (one) => `x${one}x`],
];

test.each(PASTES)("a key that was pasted %s is reported and not stored", async (_, text) => {
  await paste(text(...secrets));
  expect(await leaked()).toHaveLength(1);
  expect(await dump(db)).not.toContain(secrets[0]);
});

test.each(PASTES)("a key that a scanner sent %s is reported", async (_, text) => {
  const input = reportLeaksSchema.parse({ found: [{ token: text(...secrets) }] });
  expect(await reportLeaks({ ctx, input })).toEqual({ received: 1 });
  expect(await leaked()).toHaveLength(1);
});

test("each key in a pasted text is reported, even between other text", async () => {
  await paste(`A=${secrets[0]}\nB=${secrets[1]} lk_live_${"a".repeat(36)}`);
  expect(await leaked()).toEqual(keyIds);
});

test("a text without a key of this deployment gets the same response", async () => {
  expect(await paste("nothing in here")).toBeUndefined();
  expect(await leaked()).toEqual([]);
});

test("reports of one key at ever more places add at most 20 places and audit rows, and its owners are notified only of those", async () => {
  const pages = (report: number) =>
    Array.from({ length: 15 }, (_, n) => `https://example.com/${report}/${n}`);
  for (let report = 0; report < 3; report++) {
    const found = pages(report).map((url) => ({ token: secrets[0], url }));
    await reportLeaks({ ctx, input: reportLeaksSchema.parse({ found }) });
  }
  for (let n = 0; n < 5; n++) {
    await reportFoundKey({
      ctx: visitor(),
      input: reportFoundKeySchema.parse({ key: secrets[0], where: `${n}` }),
    });
  }
  const { audit, events } = db.read.t;
  expect(await leaked()).toHaveLength(20);
  expect(await db.read.q.$count(audit, eq(audit.action, "key.leaked"))).toBe(20);
  expect(await db.read.q.$count(events, eq(events.kind, "key.leaked"))).toBe(2);
  // Another key's places are its own.
  await paste(secrets[1]);
  expect(await leaked()).toHaveLength(21);
});
