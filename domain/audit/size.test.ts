import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import type { Ctx } from "../context.ts";
import { updateKey } from "../keys/update.ts";
import { listAudit } from "./list.ts";
import { sealAudit } from "./seal.ts";
import { verifyAudit } from "./verify.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
let keyId: string;

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
  keyId = (await makeKey(ctx, projectId)).key.id;
});

const referrers = (count: number, name: string): Restrictions => ({
  ...NO_RESTRICTIONS,
  referrers: Array.from({ length: count }, (_, n) => `h${n}.${name}.example.com`),
});
const list = (limit: number, cursor?: string) =>
  listAudit({ ctx, input: { projectId, subjectId: keyId, limit, cursor } });

async function auditBytes(): Promise<number> {
  const { audit } = db.read.t;
  const texts = sql`cast(${audit.before} as text), cast(${audit.after} as text)`;
  const [row] = await db.read.q
    .select({ bytes: sql<number>`sum(length(concat_ws('', ${texts})))`.mapWith(Number) })
    .from(audit)
    .where(and(eq(audit.subjectId, keyId), eq(audit.action, "key.updated")));
  return row?.bytes ?? 0;
}

test("ten changes of the maximum number of restrictions add less than 100 kB to the audit log", async () => {
  for (let n = 0; n < 10; n++) {
    await updateKey({
      ctx,
      input: { projectId, keyId, restrictions: referrers(990, `a${n}`), trial: referrers(900, `b${n}`) },
    });
  }
  expect(await auditBytes()).toBeLessThan(100_000);
});

test("a change of restrictions is shown as added and removed entries", async () => {
  const ips = (...own: string[]) => ({ ...NO_RESTRICTIONS, ips: ["192.0.2.1", ...own] });
  await updateKey({ ctx, input: { projectId, keyId, restrictions: ips("198.51.100.7") } });
  await updateKey({ ctx, input: { projectId, keyId, restrictions: ips("203.0.113.9") } });
  await updateKey({ ctx, input: { projectId, keyId, trial: referrers(200, "a") } });
  const { items } = await list(50);
  expect(items[1]).toMatchObject({
    before: { restrictions: { entries: 2, removed: { ips: ["198.51.100.7"] } } },
    after: { restrictions: { entries: 2, added: { ips: ["203.0.113.9"] } } },
  });
  expect(items[0]).toMatchObject({
    before: { trial: null },
    after: { trial: { entries: 200, added: { referrers: expect.any(Array) }, more: 180 } },
  });
});

test("older rows with whole sets are shown as differences, stay unchanged in the chain, and fit on a page", async () => {
  const old = {
    before: { restrictions: referrers(2_000, "a".repeat(60)) },
    after: { restrictions: referrers(2_001, "a".repeat(60)) },
  };
  const row = {
    via: "session",
    actorName: "Ada",
    action: "key.updated",
    projectId,
    subjectId: keyId,
    subjectName: "x",
    at: 1,
  };
  for (let n = 0; n < 120; n++) {
    await db.write((tx) => tx.q.insert(tx.t.audit).values({ ...row, ...old, id: `aud_${n}` }));
  }
  expect(await sealAudit(db)).toBeGreaterThan(120);
  expect(await verifyAudit(db)).toMatchObject({ broken: null, unsealed: 0 });
  let [cursor, shown, pages]: [string | undefined, number, number] = [undefined, 0, 0];
  do {
    const page = await list(200, cursor);
    expect(JSON.stringify(page).length).toBeLessThan(1_048_576);
    expect(page.items[0]?.after).toMatchObject({ restrictions: { entries: 2_001 } });
    shown += page.items.filter(({ action }) => action === "key.updated").length;
    pages++;
    cursor = page.nextCursor ?? undefined;
  } while (cursor && pages < 50);
  expect(shown).toBe(120);
  // 30 MB of sets are not read for one page.
  expect(pages).toBeGreaterThan(2);
});

test("a page of the log stays within the response size limit, and the next page continues after it", async () => {
  for (let n = 0; n < 6; n++) {
    await updateKey({ ctx, input: { projectId, keyId, metadata: { note: `${n}`.repeat(3_000) } } });
  }
  const small = { ...TEST_SETTINGS, bounds: { ...TEST_SETTINGS.bounds, responseBytes: 10_000 } };
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit({
      ctx: { ...ctx, settings: small },
      input: { projectId, subjectId: keyId, limit: 50, cursor },
    });
    expect(JSON.stringify(page.items).length).toBeLessThan(10_500);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(new Set(ids).size).toBe(7);
  expect(ids).toHaveLength(7);
});
