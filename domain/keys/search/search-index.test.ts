import { and, eq, inArray, sql } from "drizzle-orm";
import pg from "pg";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { migrateDb } from "#db/migrate.ts";
import { type Db, openDb } from "#db/open.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";
import { makeEmptyDatabase, openTestDb, testDialect } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { listAllKeys } from "../../admin/keys.ts";
import { listAllKeysSchema } from "../../admin/schema.ts";
import type { Ctx } from "../../context.ts";
import { searchInputSchema } from "../../search/schema.ts";
import { search } from "../../search/search.ts";
import { rotateKey } from "../rotate.ts";
import { updateKeySchema } from "../schema.ts";
import { updateKey } from "../update.ts";
import { fillSearchIndex } from "./fill-index.ts";
import { isSearchIndexComplete, type SearchLimits, selectContaining } from "./search-index.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const admin = await makeAdmin(db);
  ctx = ctxOf(db, admin);
  projectId = await makeProject(db, admin);
});

const make = (name: string, fields: object = {}) => makeKey(ctx, projectId, { name, ...fields });
const fill = () => fillSearchIndex(db, () => START);
/** By the index if it is complete, however few keys there are. */
const find = async (query: string, as = ctx) =>
  (await search({ ctx: as, input: searchInputSchema.parse({ query }) }, { maxCompared: 0 })).keys.map(
    ({ name }) => name,
  );
const compare = async (query: string) =>
  (await search({ ctx, input: searchInputSchema.parse({ query }) })).keys.map(({ name }) => name);
const list = async (q: string, limits: SearchLimits = {}) => {
  const { items } = await listAllKeys(
    { ctx, input: listAllKeysSchema.parse({ q }) },
    { maxCompared: 0, ...limits },
  );
  return items.map(({ name }) => name);
};
const texts = async (of = db) => {
  const { source, keyId, name, text } = of.read.t.searchTexts;
  return of.read.q.select({ source, keyId, name, text }).from(of.read.t.searchTexts).orderBy(source);
};

test("the index finds what comparing every key finds, and nothing in a text is an operator", async () => {
  const names = [
    "Till 100%",
    "till_100",
    `O'Brien "quoted" "" end`,
    "back\\slash * ? [a-z]",
    "OR AND NOT NEAR(a b)",
    "Öffentlich Größe",
    "Ключ ПРОДАЖ",
    "مفتاح الإنتاج",
    "支払い用の鍵",
    "𐐀bc 🔑🔑🔑",
  ];
  const queries = [
    "till",
    "100%",
    "l_1",
    "L 10",
    "o'b",
    '"quoted"',
    '" "" ',
    "\\sl",
    "* ? [",
    "and not",
    "NEAR(",
    "öFF",
    "GRÖ",
    "ключ",
    "продаж",
    "الإن",
    "い用の",
    "🔑🔑🔑",
    "𐐨BC",
    "zzqx",
    "x' or '1'='1",
    "$$$",
    "text : a",
    "-till",
    "^Till",
  ];

  for (const name of names) await make(name);
  await fill();
  for (const query of queries) {
    const expected = (await compare(query)).sort();
    expect((await find(query)).sort(), query).toEqual(expected);
    expect((await list(query)).sort(), query).toEqual(expected);
    expect((await list(query, { maxMatches: 0 })).sort(), query).toEqual(expected);
  }
  expect(await find("zzqx")).toEqual([]);
  expect(await find("продаж")).toEqual(["Ключ ПРОДАЖ"]);
});

test("a key is found by parts of all its texts, by its id and by the hint of any of its secrets", async () => {
  const fields = { description: "Charges\ncards", externalId: "Cus_7731", tags: ["blue", "reporting"] };
  const { key } = await make("Checkout", fields);
  await make("Another");
  const rotated = await rotateKey({ ctx, input: { projectId, keyId: key.id, overlapSeconds: 60 } });
  await fill();
  const parts = [
    "eckou",
    "ges",
    "CARDS",
    "s_77",
    "port",
    key.id,
    key.hint.slice(-5),
    rotated.key.hint.slice(8, 15),
  ];
  for (const part of parts) {
    expect(await find(part), part).toEqual(["Checkout"]);
    expect(await list(part), part).toEqual(["Checkout"]);
  }
  // Not across the end of one text and the start of the next.
  for (const part of ["Checkout\nCharges", "7731\nblue", "out Cha"])
    expect(await list(part), part).toEqual([]);
});

test("one or two characters find the names that start with them, in order, whatever the case", async () => {
  for (const name of ["beta", "Alpha", "ähre", "Ähnlich", "alb", "xal", "支払い"]) await make(name);
  await fill();
  expect(await find("a")).toEqual(["alb", "Alpha"]);
  expect(await find("AL")).toEqual(["alb", "Alpha"]);
  expect((await find("äh")).sort()).toEqual(["Ähnlich", "ähre"]);
  expect(await find("Ä")).toHaveLength(2);
  expect(await find("支払")).toEqual(["支払い"]);
  for (const none of ["%", "_", "*", "l", '"', "'"]) expect(await find(none), none).toEqual([]);
  expect((await list("al")).sort()).toEqual(["Alpha", "alb"]);
  expect((await list("al", { maxMatches: 0 })).sort()).toEqual(["Alpha", "alb"]);
  for (const maxMatches of [0, 9]) expect(await list("l", { maxMatches })).toEqual([]);
});

test("names that start with the text come first, and no key twice", async () => {
  for (const name of ["my checkout", "checkout b", "old checkout", "Checkout A"])
    await make(name, { description: `about ${name}` });
  await fill();
  const found = await find("checkout");
  expect(found.slice(0, 2)).toEqual(["Checkout A", "checkout b"]);
  // Keys of the same instant have no order.
  expect(found.slice(2).sort()).toEqual(["my checkout", "old checkout"]);
});

test("nobody finds keys of projects that they don't belong to, nor of deleted projects", async () => {
  await make("secret plans");
  const member = await makeUser(db);
  const own = await makeProject(db, member, "Own");
  await makeKey(ctxOf(db, member), own, { name: "secret garden" });
  await fill();
  const stranger = await makeUser(db);
  for (const query of ["secret", "se", "plans"]) {
    expect(await find(query, ctxOf(db, stranger)), query).toEqual([]);
    expect(await find(query, ctxOf(db, member)), query).toEqual(query === "plans" ? [] : ["secret garden"]);
  }
  expect((await find("secret")).sort()).toEqual(["secret garden", "secret plans"]);
  await db.write(({ q, t }) => q.update(t.projects).set({ deletedAt: START }).where(eq(t.projects.id, own)));
  expect(await find("secret")).toEqual(["secret plans"]);
  expect(await find("secret", ctxOf(db, member))).toEqual([]);
  await expect(list("secret")).resolves.toEqual(["secret plans"]);
});

test("changes of any version are in the index at once", async () => {
  const { key } = await make("before", { tags: ["red"] });
  await fill();
  const input = updateKeySchema.parse({ projectId, keyId: key.id, name: "after", tags: ["green"] });
  await updateKey({ ctx, input });
  for (const [query, found] of [
    ["before", []],
    ["red", []],
    ["after", ["after"]],
    ["gree", ["after"]],
  ] as const)
    expect(await list(query), query).toEqual(found);
  // An older version writes only the tables that it knows.
  await db.write(({ q, t }) => q.update(t.keys).set({ name: "ünique" }).where(eq(t.keys.id, key.id)));
  expect(await list("after")).toEqual([]);
  expect(await list("ÜNI")).toEqual(["ünique"]);
  expect(await find("ün")).toEqual(["ünique"]);
});

test("keys of an older version are compared until their texts are in the index, which are then the same", async () => {
  await make("first", { tags: ["a", "b"], externalId: "Cus_1", description: "one\ntwo" });
  await make("Second");
  const written = await texts();
  expect(written).toHaveLength(4);
  const forget = (sources: string[]) =>
    db.write(({ q, t }) => q.delete(t.searchTexts).where(inArray(t.searchTexts.source, sources)));
  await forget(written.slice(1).map(({ source }) => source));
  expect(await isSearchIndexComplete(db.read)).toBe(false);
  expect((await list("s")).sort()).toEqual(["Second", "first"]);
  await fill();
  expect(await isSearchIndexComplete(db.read)).toBe(true);
  expect(await texts()).toEqual(written);
  // From now on nothing else is read.
  await forget(written.map(({ source }) => source));
  for (const query of ["sec", "fir", "s"]) expect(await list(query), query).toEqual([]);
  expect(await fill()).toBe(0);
});

if (testDialect() === "postgres") {
  test("a key that is being changed is not waited for, and the index is complete only with it", async () => {
    const { key } = await make("busy");
    await db.write(({ q, t }) => q.delete(t.searchTexts));
    await db.write(async ({ q, t }) => {
      await q.update(t.keys).set({ enabled: false }).where(eq(t.keys.id, key.id));
      expect(await fill()).toBe(0);
      expect(await isSearchIndexComplete(db.read)).toBe(false);
    });
    expect(await fill()).toBe(1);
    expect(await isSearchIndexComplete(db.read)).toBe(true);
  });

  test("without pg_trgm the migration succeeds, and searches read all texts", async () => {
    const url = await makeEmptyDatabase();
    const client = new pg.Client(url);
    await client.connect();
    // In the way of the extension's own function.
    await client.query(
      "create function similarity(text, text) returns real language sql as 'select 0::real'",
    );
    await migrateDb(url);
    const { rows } = await client.query("select 1 from pg_indexes where indexname = 'search_texts_trigrams'");
    await client.end();
    expect(rows).toEqual([]);
    db = await openDb(url, { poolSize: 2 });
    onTestFinished(() => db.close());
    const admin = await makeAdmin(db);
    ctx = ctxOf(db, admin);
    projectId = await makeProject(db, admin);
    await make("without an index");
    await fill();
    expect(await find("out an")).toEqual(["without an index"]);
  });
}

test("the database reads the index instead of every text", async () => {
  const { key } = await make("template");
  const { keys } = db.read.t;
  const [row] = await db.read.q.select().from(keys).where(eq(keys.id, key.id));
  if (!row) throw new Error("no key");
  const many = Array.from({ length: 4_000 }, (_, n) => ({
    ...row,
    id: `key_${n}`,
    name: `Batch import ${n}`,
  }));
  await db.write(async ({ q, t }) => {
    for (let at = 0; at < many.length; at += 500) await q.insert(t.keys).values(many.slice(at, at + 500));
  });
  const visible = and(eq(sql`1`, 1));
  for (const text of ["mport 3999", "größe"]) {
    const plan = await planOf(selectContaining(db.read, text, { visible, limit: 8 }).toSQL());
    expect(plan, text).toMatch(
      testDialect() === "postgres"
        ? /Bitmap Index Scan on search_texts_trigrams/
        : /search_texts_fts VIRTUAL TABLE INDEX/,
    );
    expect(plan, text).not.toMatch(/Seq Scan on (search_texts|keys)|SCAN (search_texts|keys)\b|TEMP B-TREE/);
  }
});

async function planOf(query: { sql: string; params: unknown[] }): Promise<string> {
  if (testDialect() === "sqlite") {
    const client = await openSqliteClient(db.url);
    const args = query.params as string[];
    const { rows } = await client.execute({ sql: `explain query plan ${query.sql}`, args });
    client.close();
    return rows.map(({ detail }) => detail).join("\n");
  }
  const client = new pg.Client(db.url);
  await client.connect();
  await client.query("vacuum analyze");
  const { rows } = await client.query(`explain ${query.sql}`, query.params);
  await client.end();
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}
