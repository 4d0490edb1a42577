import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { documentOf } from "#test/documents.ts";
import { ctxOf, makeAdmin } from "#test/people.ts";
import { type Ctx, createContext, SYSTEM } from "../../context.ts";
import { createApi } from "../apis/create.ts";
import { getApi } from "../apis/list.ts";
import { createApiSchema } from "../apis/schema.ts";
import { updateApi } from "../apis/update.ts";
import {
  applyFollowedDocument,
  checkFollowedDocument,
  checkFollowedDocuments,
  createFollowedApi,
  declineFollowedDocument,
  followDocument,
  getFollowedDocument,
  previewDocumentAt,
  unfollowDocument,
} from "./follow.ts";
import { createFollowedApiSchema, type FetchedDocument, followDocumentSchema } from "./schema.ts";

const URL = "https://ships.example/openapi.json";
const SLUG = { slug: "ships" };

let db: Db;
let admin: Ctx;
/** What is at the URL. */
let there: FetchedDocument;
const fetchDocument = async () => there;
const publish = (operations: Record<string, object>) => {
  there = { text: JSON.stringify(documentOf(operations)) };
};

beforeEach(async () => {
  db = await openTestDb();
  admin = ctxOf(db, await makeAdmin(db));
  const openapi = documentOf({ "ships.list": {}, "ships.get": {} });
  await createApi({ ctx: admin, input: createApiSchema.parse({ ...SLUG, openapi }) });
  publish({ "ships.list": {}, "ships.get": {} });
});

const follow = () => followDocument({ ctx: admin, input: { ...SLUG, url: URL }, fetchDocument });
const check = () => checkFollowedDocument({ ctx: admin, input: SLUG, fetchDocument });
const read = () => getFollowedDocument({ ctx: admin, input: SLUG });
const operations = async () => (await getApi({ ctx: admin, input: SLUG })).operations.map(({ name }) => name);
const digest = async () => (await read())?.found?.digest ?? "";

test("the same document is no change, whatever the order of its members", async () => {
  const { openapi, info, paths } = documentOf({ "ships.get": {}, "ships.list": {} });
  there = { text: JSON.stringify({ paths, info, openapi }) };
  expect(await follow()).toMatchObject({ url: URL, failure: null, found: null });
});

test("an API is added from the document at a URL, and follows it from then on", async () => {
  const input = createFollowedApiSchema.parse({ slug: "boats", name: "Boats", url: `${URL}?token=s3cret` });
  there = { error: "The server answered 404." };
  await expect(createFollowedApi({ ctx: admin, input, fetchDocument })).rejects.toMatchObject({
    errors: [{ path: "url", message: "The server answered 404." }],
  });
  there = { text: "" };
  await expect(createFollowedApi({ ctx: admin, input, fetchDocument })).rejects.toThrow();
  publish({ "boats.list": {} });
  const at = { url: input.url };
  expect(await previewDocumentAt({ ctx: admin, input: at, fetchDocument })).toMatchObject({
    operationCount: 1,
  });
  await createFollowedApi({ ctx: admin, input, fetchDocument });
  await expect(createFollowedApi({ ctx: admin, input, fetchDocument })).rejects.toMatchObject({
    code: "conflict",
  });
  const read = () => getFollowedDocument({ ctx: admin, input: { slug: "boats" } });
  expect(await read()).toMatchObject({ url: input.url, failure: null, found: null });
  publish({ "boats.list": {}, "boats.sink": {} });
  await checkFollowedDocument({ ctx: admin, input: { slug: "boats" }, fetchDocument });
  expect((await read())?.found?.changes.added).toEqual(["boats.sink"]);
  // The query of a URL may have a token.
  expect(JSON.stringify(await db.read.q.select().from(db.read.t.audit))).not.toContain("s3cret");
});

test("a document that uses an operationId twice is applied as it was compared, in whatever order it is stored", async () => {
  await follow();
  const twice = (path: string) => [path, { get: { operationId: "ships.list", responses: {} } }];
  // Postgres stores the shorter path first.
  const paths = Object.fromEntries([twice("/ships-of-the-harbour"), twice("/b"), twice("/aaaa")]);
  there = { text: JSON.stringify({ ...documentOf({}), paths }) };
  const { changes } = (await check())?.found ?? {};
  await applyFollowedDocument({ ctx: admin, input: { ...SLUG, digest: await digest() } });
  const { operations: applied } = await getApi({ ctx: admin, input: SLUG });
  expect(applied.find(({ name }) => name === "ships.list")?.path).toBe("/aaaa");
  expect(applied.map(({ name }) => name).sort()).toEqual([
    "get:/b",
    "get:/ships-of-the-harbour",
    "ships.list",
  ]);
  expect(changes).toMatchObject({ added: ["get:/ships-of-the-harbour", "get:/b"], changed: ["ships.list"] });
  // What is stored gives the same names again.
  await check();
  expect((await read())?.found).toBeNull();
});

test("a changed document takes effect when it is applied, and not before", async () => {
  await follow();
  publish({ "ships.list": { deprecated: true }, "ships.sink": {}, "ships.raise": {} });
  const followed = await check();
  expect(followed?.found?.changes).toEqual({
    added: ["ships.sink", "ships.raise"],
    removed: ["ships.get"],
    changed: [],
    deprecated: ["ships.list"],
    removedScopes: [],
  });
  expect(await operations()).toEqual(["ships.list", "ships.get"]);
  await applyFollowedDocument({ ctx: admin, input: { ...SLUG, digest: await digest() } });
  expect(await operations()).toEqual(["ships.list", "ships.sink", "ships.raise"]);
  expect((await read())?.found).toBeNull();
  expect((await check())?.found).toBeNull();
});

test("a declined document is not shown again, but the next one is", async () => {
  await follow();
  publish({ "ships.list": {} });
  await check();
  await declineFollowedDocument({ ctx: admin, input: { ...SLUG, digest: await digest() } });
  expect((await check())?.found).toBeNull();
  publish({ "ships.get": {} });
  expect((await check())?.found?.changes.removed).toEqual(["ships.list"]);
});

test("what was looked at is what is applied: a newer document needs another look", async () => {
  await follow();
  publish({ "ships.list": {} });
  await check();
  const seen = await digest();
  publish({ "ships.get": {} });
  await check();
  for (const answer of [applyFollowedDocument, declineFollowedDocument]) {
    await expect(answer({ ctx: admin, input: { ...SLUG, digest: seen } })).rejects.toMatchObject({
      code: "conflict",
    });
  }
  expect(await operations()).toEqual(["ships.list", "ships.get"]);
});

test("a document that was uploaded meanwhile discards the comparison with the one before", async () => {
  await follow();
  publish({ "ships.list": {} });
  await check();
  await updateApi({ ctx: admin, input: { ...SLUG, openapi: documentOf({ "ships.sink": {} }) } });
  expect((await read())?.found).toBeNull();
  expect((await check())?.found?.changes).toMatchObject({ added: ["ships.list"], removed: ["ships.sink"] });
});

test("a check that took long does not undo what happened meanwhile", async () => {
  await follow();
  publish({ "ships.list": {} });
  const slow = checkFollowedDocument({
    ctx: { ...admin, now: () => admin.now() + 60_000 },
    input: SLUG,
    fetchDocument: async () => {
      await followDocument({
        ctx: { ...admin, now: () => admin.now() + 1_000 },
        input: { ...SLUG, url: `${URL}?v=2` },
        fetchDocument: async () => ({ text: JSON.stringify(documentOf({ "ships.get": {} })) }),
      });
      return there;
    },
  });
  expect(await slow).toMatchObject({ url: `${URL}?v=2`, found: { changes: { removed: ["ships.list"] } } });
});

test("an API that changes while the document is read is not compared with what it was", async () => {
  const later = { ...admin, now: () => admin.now() + 1 };
  const following = followDocument({
    ctx: admin,
    input: { ...SLUG, url: URL },
    fetchDocument: async () => {
      await updateApi({ ctx: later, input: { ...SLUG, openapi: documentOf({ "ships.sink": {} }) } });
      return there;
    },
  });
  await expect(following).rejects.toMatchObject({ code: "conflict" });
  expect(await read()).toBeNull();
});

describe("a document that can't be read", () => {
  const BROKEN: [string, FetchedDocument, RegExp][] = [
    ["unreachable", { error: "It did not respond in time." }, /respond/],
    ["a page instead", { text: "<!doctype html><title>Sign in</title>" }, /OpenAPI/],
    ["Swagger 2", { text: JSON.stringify({ swagger: "2.0", info: {}, paths: {} }) }, /OpenAPI/],
    [
      "an alias bomb",
      { text: `a: &a [x,x]\nb: &b [*a,*a]\nopenapi: 3.1.0\nc: ${"[".repeat(400)}` },
      /OpenAPI/,
    ],
    ["empty", { text: "" }, /OpenAPI/],
  ];

  test.each(BROKEN)("%s: is not followed", async (_, answer, words) => {
    there = answer;
    await expect(follow()).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "url", message: expect.stringMatching(words) }],
    });
    expect(await read()).toBeNull();
  });

  test("is reported with the first time, keeps what was found, and recovers", async () => {
    await follow();
    publish({ "ships.list": {} });
    await check();
    there = { error: "It did not respond in time." };
    const first = await check();
    expect(first).toMatchObject({ failure: { error: "It did not respond in time." } });
    expect(first?.found?.changes.removed).toEqual(["ships.get"]);
    const later = { ...admin, now: () => admin.now() + DAY_MS };
    await checkFollowedDocument({ ctx: later, input: SLUG, fetchDocument });
    expect((await read())?.failure?.since).toBe(first?.failure?.since);
    publish({ "ships.list": {} });
    expect(await check()).toMatchObject({ failure: null, found: { changes: { removed: ["ships.get"] } } });
  });
});

test("the daily run checks every followed document once, as the system", async () => {
  await follow();
  await createApi({ ctx: admin, input: createApiSchema.parse({ slug: "crews", name: "Crews" }) });
  await followDocument({ ctx: admin, input: { slug: "crews", url: `${URL}/crews` }, fetchDocument });
  const read: string[] = [];
  const system = createContext({ db, settings: admin.settings }, SYSTEM);
  publish({ "ships.list": {} });
  const fetchAll = async (url: string) => {
    read.push(url);
    return there;
  };
  expect(await checkFollowedDocuments(system, fetchAll, async () => {})).toEqual({ checked: 2 });
  expect(read.sort()).toEqual([URL, `${URL}/crews`]);
  expect(await digest()).not.toBe("");
});

test("stops following, keeps the document of the API, and can't stop twice", async () => {
  await follow();
  await unfollowDocument({ ctx: admin, input: SLUG });
  expect(await read()).toBeNull();
  expect(await operations()).toEqual(["ships.list", "ships.get"]);
  await expect(unfollowDocument({ ctx: admin, input: SLUG })).rejects.toMatchObject({ code: "not-found" });
});

test("the audit log has the URL without its query, which may carry a token", async () => {
  await followDocument({ ctx: admin, input: { ...SLUG, url: `${URL}?token=hidden` }, fetchDocument });
  const rows = await db.read.q.select().from(db.read.t.audit);
  expect(JSON.stringify(rows)).toContain(URL);
  expect(JSON.stringify(rows)).not.toContain("hidden");
});

test.each(["ftp://a.example/x", "file:///etc/passwd", "https://me:pw@a.example/x", "nonsense", ""])(
  "rejects the URL %j",
  (url) => {
    expect(followDocumentSchema.safeParse({ ...SLUG, url }).success).toBe(false);
  },
);
