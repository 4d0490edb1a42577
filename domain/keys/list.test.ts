import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import {
  type Clock,
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeUser,
  START,
} from "#test/people.ts";
import { whereKeys } from "./filter.ts";
import { listKeys, listKeysForPage } from "./list.ts";
import { revokeKey } from "./revoke.ts";
import { KEY_SORTS, type Key, listKeysSchema, updateKeySchema } from "./schema.ts";
import { updateKey } from "./update.ts";

let db: Db;
let clock: Clock;
let ctx: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
});

const list = (asked: Record<string, unknown> = {}) =>
  listKeys({ ctx, input: listKeysSchema.parse({ projectId, ...asked }) });

async function everyPage(asked: Record<string, unknown>): Promise<Key[]> {
  const items: Key[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ ...asked, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

test("pages follow one another without gaps or repeats, in every order, even with equal values", async () => {
  for (const name of ["b", "A", "b", "c", "B", "a", "d"]) await makeKey(ctx, projectId, { name });
  for (const sort of KEY_SORTS.flatMap((by) => [by, `-${by}`])) {
    const ids = (await everyPage({ sort, limit: 2 })).map((key) => key.id);
    expect(new Set(ids).size, sort).toBe(7);
    expect(ids.length, sort).toBe(7);
  }
  const names = (await everyPage({ sort: "name", limit: 3 })).map((key) => key.name.toLowerCase());
  expect(names).toEqual(["a", "a", "b", "b", "b", "c", "d"]);
});

test("keys are sorted by the end that they show, also that of their maximum lifetime", async () => {
  const at = (days: number) => START + days * DAY_MS;
  const ends: Record<string, [expiresAt: number | null, lifeEndsAt: number | null]> = {
    first: [at(9), at(1)],
    second: [at(2), null],
    third: [null, at(3)],
    fourth: [at(4), at(8)],
    never: [null, null],
  };
  for (const [name, [expiresAt, lifeEndsAt]] of Object.entries(ends)) {
    const { key } = await makeKey(ctx, projectId, { name });
    await db.write(({ q, t: { keys } }) =>
      q.update(keys).set({ expiresAt, lifeEndsAt }).where(eq(keys.id, key.id)),
    );
  }
  const sorted = (sort: string) => everyPage({ sort, limit: 2 }).then((keys) => keys.map(({ name }) => name));
  expect(await sorted("expiresAt")).toEqual(Object.keys(ends));
  expect(await sorted("-expiresAt")).toEqual(Object.keys(ends).toReversed());
});

test("search finds a part of a name or a hint and a whole id, ignores case, and takes % literally", async () => {
  const { key } = await makeKey(ctx, projectId, { name: "Till 100%" });
  await makeKey(ctx, projectId, { name: "Gateway" });
  for (const search of ["till", "100%", key.id, key.hint.slice(-4).toLowerCase()]) {
    expect(
      (await list({ q: search })).items.map(({ id }) => id),
      search,
    ).toContain(key.id);
  }
  expect((await list({ q: "1%0" })).total).toBe(0);
  expect((await list({ q: "_ill" })).total).toBe(0);
});

test("search finds letters of every script in any case, and no character is a wildcard", async () => {
  const names = ["Öffentlich", "Ключ [a-z]*?.", "ΣΊΣΥΦΟΣ", "Straße", "𐐀bc", "İzmir"];
  for (const name of names) await makeKey(ctx, projectId, { name });
  const found = async (search: string) => (await list({ q: search })).items.map(({ name }) => name);
  for (const name of names) {
    expect(await found(name), name).toEqual([name]);
    const swapped = [...name].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));
    const inOtherCase = swapped.map((c, at) => ([...c].length === 1 ? c : [...name][at])).join("");
    expect(await found(inOtherCase), inOtherCase).toEqual([name]);
  }
  expect(await found("öFF")).toEqual(["Öffentlich"]);
  for (const search of ["Ö*ich", "Ö?fent", "К[л]юч", "Öff.ntlich", "Ö\\w", "ключ [x-z]"])
    expect(await found(search), search).toEqual([]);
});

test("a status finds exactly the keys that show it", async () => {
  const make = async (name: string, more = {}) => (await makeKey(ctx, projectId, { name, ...more })).key.id;
  await make("active");
  const disabled = await make("disabled");
  await make("expired", { expiresAt: new Date(clock.now() + 1_000).toISOString() });
  const revoked = await make("revoked");
  await updateKey({ ctx, input: { projectId, keyId: disabled, enabled: false } });
  await revokeKey({ ctx, input: { projectId, keyId: revoked } });
  clock.advance(1_000);
  for (const status of ["active", "disabled", "expired", "revoked"] as const) {
    const { items, total } = await list({ status });
    expect(items.map((key) => [key.name, key.status])).toEqual([[status, status]]);
    expect(total).toBe(1);
  }
  expect((await list({ sort: "status" })).items.map((key) => key.status)).toEqual([
    "active",
    "expired",
    "disabled",
    "revoked",
  ]);
});

test("an API finds the keys that may call it: those restricted to it and those not restricted at all", async () => {
  for (const slug of ["badges", "badges-v2"]) {
    await makeApi(db, slug);
    await enableFor(db, projectId, slug);
  }
  const only = (api: string) => ({ name: api, restrictions: { apis: [{ api, operations: [] }] } });
  await makeKey(ctx, projectId, { name: "any" });
  await makeKey(ctx, projectId, only("badges"));
  await makeKey(ctx, projectId, only("badges-v2"));
  const names = async (api: string) => (await list({ api, sort: "name" })).items.map((key) => key.name);
  expect(await names("badges")).toEqual(["any", "badges"]);
  expect(await names("badges-v2")).toEqual(["any", "badges-v2"]);
  // After any change, a key is found by its current APIs; a report-only set makes no difference.
  const { items } = await list({ sort: "name" });
  const change = (at: number, fields: object) =>
    updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId: items[at]?.id, ...fields }) });
  await change(0, { restrictions: { apis: [{ api: "badges-v2", operations: [] }] } });
  await change(1, { restrictions: {} });
  await change(2, { trial: { apis: [{ api: "badges", operations: [] }] } });
  expect(await names("badges")).toEqual(["badges"]);
  expect(await names("badges-v2")).toEqual(["any", "badges", "badges-v2"]);
});

test("keys are filtered by API, tag, metadata, status and restriction type without reading JSON", () => {
  const { q, t } = db.read;
  const metadata = { plan: "pro" };
  const filter = {
    api: "badges",
    tag: "a",
    metadata,
    status: "active",
    restricted: "none",
    environment: "live",
  } as const;
  const { sql } = q
    .select({ id: t.keys.id })
    .from(t.keys)
    .where(whereKeys(db.read, filter, 0))
    .toSQL();
  expect(sql).toContain("key_apis");
  expect(sql).toContain("key_attributes");
  expect(sql).not.toContain('"restrictions"');
  expect(sql).not.toContain('"metadata"');
});

test("keys are found by tag, external ID and metadata, even after a change, and only in their project", async () => {
  const make = async (name: string, fields: object) =>
    (await makeKey(ctx, projectId, { name, ...fields })).key;
  const metadata = { plan: "pro", seats: 3, trial: true, note: null, long: "x".repeat(201), tag: "blue" };
  const one = await make("one", { tags: ["red"], externalId: "Cus_7", metadata });
  await make("two", { tags: ["Red", "blue"], externalId: "cus_7", metadata: { plan: "free" } });
  await make("three", { description: "Charges Cards" });
  const elsewhere = await makeProject(db, await makeUser(db));
  await db.write(({ q, t }) =>
    q.insert(t.keyAttributes).values({ name: "tag", value: "green", projectId: elsewhere, keyId: one.id }),
  );
  const names = async (asked: object) =>
    (await list({ ...asked, sort: "name" })).items.map(({ name }) => name);
  expect(await names({ tag: "RED" })).toEqual(["one", "two"]);
  expect(await names({ tag: "red", metadata: { plan: "pro" } })).toEqual(["one"]);
  expect(await names({ tag: "blue" })).toEqual(["two"]);
  expect(await names({ tag: "green" })).toEqual([]);
  expect(await names({ externalId: "cus_7" })).toEqual(["two"]);
  expect(await names({ metadata: { seats: "3", trial: "true", note: "null" } })).toEqual(["one"]);
  for (const none of [
    { plan: "Pro" },
    { plan: "pro", seats: "4" },
    { long: "x".repeat(200) },
    { other: "1" },
  ])
    expect(await names({ metadata: none })).toEqual([]);
  expect(await names({ q: "CUS_7" })).toEqual(["one", "two"]);
  expect(await names({ q: "blu" })).toEqual(["two"]);
  expect(await names({ q: "charges c" })).toEqual(["three"]);

  const change = (fields: object) =>
    updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId: one.id, ...fields }) });
  await change({ tags: ["yellow"] });
  expect(await names({ tag: "yellow", metadata: { plan: "pro" } })).toEqual(["one"]);
  await change({ metadata: { plan: "free" } });
  expect(await names({ metadata: { plan: "free" } })).toEqual(["one", "two"]);
  expect(await names({ tag: "red" })).toEqual(["two"]);
});

test("an invalid cursor is rejected at its field", async () => {
  for (const cursor of [
    "x",
    Buffer.from("[1]").toString("base64url"),
    Buffer.from('[{},"a"]').toString("base64url"),
  ]) {
    await expect(list({ cursor })).rejects.toMatchObject({ code: "invalid", errors: [{ path: "cursor" }] });
  }
});

/** A set of nearly 64 KiB. */
const largeSet = (n: number) => ({
  referrers: Array.from({ length: 990 }, (_, at) => `h${at}.k${n}.example.com/${"p".repeat(35)}*`),
});

async function makeLargeKeys(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    ids.push((await makeKey(ctx, projectId, { name: `key ${n}`, restrictions: largeSet(n) })).key.id);
  }
  return ids;
}

test("a page of keys with large restrictions has fewer keys, at most 1 MiB, and the next page continues after it", async () => {
  const ids = await makeLargeKeys(40);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list({ limit: 200, ...(cursor ? { cursor } : {}) });
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(1_048_576);
    expect(page.items.every(({ restrictions }) => restrictions.referrers.length === 990)).toBe(true);
    expect(page.total).toBe(40);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(seen.toSorted()).toEqual(ids.toSorted());
});

test("a page of the portal shows as many keys as it requested", async () => {
  await makeLargeKeys(20);
  const input = listKeysSchema.parse({ projectId, limit: 20 });
  expect((await listKeysForPage({ ctx, input })).items).toHaveLength(20);
});
