import { monitorEventLoopDelay } from "node:perf_hooks";
import type { SQL } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db, Tx } from "#db/open.ts";
import { openTestDb, testDialect } from "#test/db.ts";
import { ctxOf, enableFor, makeAdmin, makeProject, makeServiceToken, makeUser } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { createApi } from "./create.ts";
import { deleteApi } from "./delete.ts";
import { findOperations } from "./find-operations.ts";
import { getApi, getApiForPage, listApiNames, listApiSummaries, listApis } from "./list.ts";
import { createApiSchema, getApiSchema, listApisSchema, updateApiSchema } from "./schema.ts";
import { updateApi } from "./update.ts";

let db: Db;
let ctx: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  ctx = ctxOf(db, await makeAdmin(db));
});

const create = (fields: Record<string, unknown>) =>
  createApi({ ctx, input: createApiSchema.parse({ slug: "badges", name: "Badges", ...fields }) });
const update = (fields: Record<string, unknown>) =>
  updateApi({ ctx, input: updateApiSchema.parse({ slug: "badges", ...fields }) });

const operations = [
  { name: "badges.sync", summary: null, method: "POST", path: "/badges" },
  { name: "badges.list", summary: "List", method: null, path: null },
];

test("an API is read back as it was written, with its operations in order", async () => {
  const created = await create({ operations, access: "approval", baseUrl: "https://api.example.com" });
  expect(created).toMatchObject({ slug: "badges", access: "approval", operations });
  expect(await getApi({ ctx, input: { slug: "badges" } })).toEqual(created);
});

test("a slug that is taken is reported at its field, even if two requests arrive at once", async () => {
  const results = await Promise.allSettled([create({}), create({})]);
  const rejected = results.find((result) => result.status === "rejected");
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(rejected?.reason).toMatchObject({ code: "conflict", errors: [{ path: "slug" }] });
});

test("a new document replaces the operations and keeps a name that was edited", async () => {
  await create({ operations });
  const openapi = {
    openapi: "3.1.0",
    info: { title: "Other" },
    paths: { "/x": { get: { operationId: "x" } } },
  };
  const updated = await update({ openapi });
  expect(updated).toMatchObject({ name: "Badges", operations: [{ name: "x" }] });
});

/** 5,000 operations and more than 3 MB. */
const large = () => ({
  openapi: "3.1.0",
  info: { title: "Large", description: "x" },
  servers: [{ url: "/api/v3" }],
  paths: Object.fromEntries(
    Array.from({ length: 2_500 }, (_, at) => [
      `/things${at}/{id}`,
      {
        get: { operationId: `get ${at}`, description: "A long text. ".repeat(50) },
        put: { operationId: `put${at}` },
      },
    ]),
  ),
});

test("a document of 5,000 operations is accepted, as text and as an object, without blocking other requests", async () => {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  const document = large();
  const text = JSON.stringify(document, null, 1);
  expect(text.length).toBeGreaterThan(1_500_000);
  delays.enable();
  const asText = await create({ name: undefined, openapi: text });
  delays.disable();
  const asObject = await create({ slug: "again", name: undefined, openapi: document });
  expect(asText).toMatchObject({ name: "Large", basePaths: ["/api/v3"], operations: { length: 5_000 } });
  expect(asObject.operations).toEqual(asText.operations);
  expect(asText.operations[0]).toMatchObject({ name: "get-0", operationId: "get 0" });
  const rows = await db.read.q.select({ openapi: db.read.t.apis.openapi }).from(db.read.t.apis);
  expect(rows.map(({ openapi }) => openapi)).toEqual([document, document]);
  expect(delays.max / 1e6).toBeLessThan(1_500);
});

test("one operation too many is rejected, with the limit and a suggestion", async () => {
  const document = { ...large(), "x-more": true };
  Object.assign(document.paths, { "/more": { get: {} } });
  await expect(create({ openapi: document })).rejects.toMatchObject({
    errors: [
      { path: "openapi.paths", message: expect.stringMatching(/5,001 operations; at most 5,000.*split/) },
    ],
  });
});

test("NUL and lone surrogates in a document are stored alike in both databases", async () => {
  const openapi = {
    openapi: "3.1.0",
    info: { title: "a\0\ud800b" },
    paths: { "/a": { get: { summary: "\0" } } },
  };
  const created = await create({ name: undefined, openapi });
  expect(created).toMatchObject({
    name: "a\ufffd\ufffdb",
    operations: [{ name: "get:/a", summary: "\ufffd" }],
  });
});

test("an invisible title requires a name", async () => {
  const openapi = { openapi: "3.1.0", info: { title: "\u200b" }, paths: {} };
  await expect(create({ name: undefined, openapi })).rejects.toMatchObject({ errors: [{ path: "name" }] });
});

test("operations and a document together are rejected, because they could disagree", async () => {
  await expect(create({ operations, openapi: "{}" })).rejects.toMatchObject({
    errors: [{ path: "operations" }],
  });
});

test("an API can't be deleted while a service token is bound to it; afterwards it disappears from every project", async () => {
  await create({});
  const { q, t } = db.read;
  const [row] = await q.select().from(t.apis);
  const projectId = await makeProject(db, await makeUser(db));
  await enableFor(db, projectId, "badges");
  await makeServiceToken(db, row?.id ?? null);
  await expect(deleteApi({ ctx, input: { slug: "badges" } })).rejects.toMatchObject({ code: "conflict" });
  await db.write((tx) => tx.q.update(tx.t.serviceTokens).set({ revokedAt: 1 }));
  await deleteApi({ ctx, input: { slug: "badges" } });
  expect(await q.$count(t.projectApis)).toBe(0);
  const changed = await q.select({ kind: t.changes.kind, subject: t.changes.subject }).from(t.changes);
  expect(changed).toContainEqual({ kind: "project", subject: projectId });
});

/** `meanwhile` happens when what is to go was looked at, and nothing is deleted yet. */
function beforeDeletion(q: Tx["q"], meanwhile: () => Promise<unknown>): Tx["q"] {
  let happened: Promise<unknown> | null = null;
  return new Proxy(q, {
    get(target, name) {
      if (name !== "delete" || happened !== null) return Reflect.get(target, name);
      const { projectApis } = db.read.t;
      return () => ({
        where: (condition: SQL) => ({
          async returning() {
            happened = meanwhile();
            await happened;
            return target.delete(projectApis).where(condition).returning();
          },
        }),
      });
    },
  });
}

// SQLite has one writer at a time: nothing comes between.
if (testDialect() === "postgres") {
  test("a service token that is created for an API during its deletion never applies to all APIs: the API stays", async () => {
    await create({});
    const [row] = await db.read.q.select().from(db.read.t.apis);
    const boundMeanwhile: Db = {
      ...db,
      write: (work) =>
        db.write((tx) => work({ ...tx, q: beforeDeletion(tx.q, () => makeServiceToken(db, row?.id)) })),
    };
    const late = deleteApi({ ctx: { ...ctx, db: boundMeanwhile }, input: { slug: "badges" } });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    const tokens = await db.read.q.select().from(db.read.t.serviceTokens);
    expect(tokens).toMatchObject([{ apiId: row?.id, revokedAt: null }]);
    expect((await getApi({ ctx, input: { slug: "badges" } })).slug).toBe("badges");
  });
}

test("everyone may read the catalog, only administrators change it", async () => {
  await create({});
  ctx = ctxOf(db, await makeUser(db));
  const list = (search: string) => listApis({ ctx, input: listApisSchema.parse({ search }) });
  expect((await list("BADG")).items).toHaveLength(1);
  expect((await list("%")).items).toHaveLength(0);
  await expect(create({ slug: "mine" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(update({ name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(deleteApi({ ctx, input: { slug: "badges" } })).rejects.toMatchObject({ code: "forbidden" });
});

test("a page of APIs with many operations has fewer APIs, each complete, within the response size limit", async () => {
  const bounds = { ...ctx.settings.bounds, responseBytes: 20_000 };
  const small = { ...ctx, settings: { ...ctx.settings, bounds } };
  const many = Array.from({ length: 40 }, (_, n) => ({ name: `badges.op${n}`, summary: "s".repeat(100) }));
  for (let n = 0; n < 7; n++) await create({ slug: `api-${n}`, operations: many });
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const input = listApisSchema.parse({ limit: 200, ...(cursor ? { cursor } : {}) });
    const page = await listApis({ ctx: small, input });
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThanOrEqual(20_000);
    expect(page.items.every((api) => api.operations.length === 40)).toBe(true);
    seen.push(...page.items.map(({ slug }) => slug));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(Array.from({ length: 7 }, (_, n) => `api-${n}`));
});

describe("an API with more operations than a response may contain", () => {
  const bound = 64 * 1_024;
  const operations = Array.from({ length: 1_200 }, (_, n) => ({
    name: `badges.op${n}`,
    summary: "é".repeat(100),
  }));
  let small: Ctx;
  beforeEach(() => {
    small = {
      ...ctx,
      settings: { ...ctx.settings, bounds: { ...ctx.settings.bounds, responseBytes: bound } },
    };
  });
  const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));

  test("is read in responses within the limit, each operation once, in order", async () => {
    await create({ slug: "large", operations });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const input = getApiSchema.parse({ slug: "large", ...(cursor ? { operationsCursor: cursor } : {}) });
      const api = await getApi({ ctx: small, input });
      expect(bytesOf(api)).toBeLessThanOrEqual(bound);
      seen.push(...api.operations.map(({ name }) => name));
      cursor = api.operationsCursor;
    }
    expect(seen).toEqual(operations.map(({ name }) => name));
  });

  test("is alone in a list, within the limit, even right after it was written", async () => {
    const input = createApiSchema.parse({ slug: "large", name: "Large", operations });
    const created = await createApi({ ctx: small, input });
    await create({ slug: "small" });
    const list = (cursor?: string) => listApis({ ctx: small, input: { limit: 50, cursor } });
    const first = await list();
    for (const answer of [created, first]) expect(bytesOf(answer)).toBeLessThanOrEqual(bound);
    expect(created.operationsCursor).toEqual(expect.any(String));
    expect(first.items.map(({ slug }) => slug)).toEqual(["large"]);
    expect((await list(first.nextCursor ?? "")).items).toMatchObject([
      { slug: "small", operationsCursor: null },
    ]);
  });

  test("is shown on pages with its first operations and their number", async () => {
    await create({ slug: "large", description: "d".repeat(5_000), operations });
    const page = await getApiForPage({ ctx, input: { slug: "large", maxOperations: 300 } });
    expect([page.operations.length, page.operationCount]).toEqual([300, 1_200]);
    expect(bytesOf(page)).toBeLessThan(160_000);
    const { items } = await listApiSummaries({ ctx, input: { limit: 50 } });
    expect(items).toMatchObject([{ slug: "large", operationCount: 1_200 }]);
    expect(bytesOf(items)).toBeLessThan(1_000);
    expect(await listApiNames({ ctx })).toEqual([{ slug: "large", name: "Badges" }]);
  });

  test("can be searched for operations, at most 100 at once", async () => {
    await create({ slug: "large", operations });
    const find = (search: string) => findOperations({ ctx, input: { slug: "large", search } });
    expect((await find("OP119")).items.map(({ name }) => name)).toEqual([
      "badges.op119",
      ...Array.from({ length: 10 }, (_, n) => `badges.op119${n}`),
    ]);
    expect(await find("")).toMatchObject({ more: true, items: { length: 100 } });
    expect(await find("nothing")).toEqual({ items: [], more: false });
  });
});

test("operations that are replaced without a word on scopes keep those that they need", async () => {
  const read = { name: "badges.read", requiredScopes: ["badges:read"] };
  const created = createApiSchema.parse({
    slug: "kept",
    name: "Kept",
    operations: [read, { name: "badges.ping" }],
  });
  await createApi({ ctx, input: created });
  const update = async (operations: object[]) => {
    const input = updateApiSchema.parse({ slug: "kept", operations });
    return (await updateApi({ ctx, input })).operations.map(({ requiredScopes }) => requiredScopes);
  };
  const silent = [{ name: "badges.read", summary: "Read" }, { name: "badges.new" }];
  expect(await update(silent)).toEqual([[["badges:read"]], null]);
  expect(await update([{ name: "badges.read", requiredScopes: null }])).toEqual([null]);
});
