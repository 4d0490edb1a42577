import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeMember, makeProject, makeUser } from "#test/people.ts";
import type { Actor, Ctx, UserActor } from "../../context.ts";
import { search } from "../../search/search.ts";
import { createApi } from "../apis/create.ts";
import { mustFindApi } from "../apis/find.ts";
import { findOperations } from "../apis/find-operations.ts";
import { getApi, getApiForPage, listApiNames, listApiSummaries, listApis } from "../apis/list.ts";
import { createApiSchema } from "../apis/schema.ts";
import { updateApi } from "../apis/update.ts";
import { getApiAudience } from "../apis/visibility.ts";
import { disableApi } from "../enablement/disable.ts";
import { enableApi } from "../enablement/enable.ts";
import { listProjectApis, listProjectApisForPage } from "../enablement/list.ts";
import { deleteGuide, getChangelog, getGuide, listGuides, saveChangelog, saveGuide } from "./guides.ts";
import { llmsIndex, llmsReference } from "./llms.ts";
import { loadDocument } from "./load.ts";
import { listReferences, readApiDocument, readOperation, readReference } from "./read.ts";
import { MAX_GUIDES } from "./schema.ts";

let db: Db;
let admin: Ctx;
let owner: UserActor;
let insider: Ctx;
let outsider: Ctx;
let projectId: string;
let otherId: string;

const openapi = {
  openapi: "3.1.0",
  info: { title: "Ships", version: "2", description: "Of the *fleet*." },
  servers: [{ url: "https://ships.example.com" }],
  tags: [{ name: "Hulls", description: "About hulls." }],
  paths: {
    "/ships/{id}": {
      get: { operationId: "ships.get", summary: "Get a ship", tags: ["Hulls"], responses: {} },
      delete: { operationId: "ships.scrap", deprecated: true, responses: {} },
    },
  },
};

const VISITOR: Actor = { kind: "visitor", ipAddress: "203.0.113.9" };
const SLUG = { slug: "ships" };

beforeEach(async () => {
  db = await openTestDb();
  admin = ctxOf(db, await makeAdmin(db));
  owner = await makeUser(db);
  projectId = await makeProject(db, owner, "Fleet");
  insider = ctxOf(db, await makeMember(db, projectId, "viewer"));
  const stranger = await makeUser(db);
  otherId = await makeProject(db, stranger, "Other");
  outsider = ctxOf(db, stranger);
});

const create = (more: Record<string, unknown>) =>
  createApi({ ctx: admin, input: createApiSchema.parse({ ...SLUG, openapi, ...more }) });

/** Everything that could reveal that the API exists. */
async function seenBy(ctx: Ctx, projectId: string | null): Promise<string[]> {
  const input = SLUG;
  const page = { limit: 50, search: "ships" };
  const attempts: [string, () => Promise<unknown>][] = [
    ["listApis", async () => (await listApis({ ctx, input: page })).items],
    ["listApiSummaries", async () => (await listApiSummaries({ ctx, input: page })).items],
    ["listApiNames", () => listApiNames({ ctx })],
    ["search", async () => (await search({ ctx, input: { query: "ships" } })).apis],
    ["listReferences", () => listReferences({ ctx })],
    ["llmsIndex", async () => (await llmsIndex({ ctx })).match(/ships/g) ?? []],
    ["getApi", () => getApi({ ctx, input })],
    ["getApiForPage", () => getApiForPage({ ctx, input: { ...input, maxOperations: 5 } })],
    ["findOperations", () => findOperations({ ctx, input: { ...input, search: "" } })],
    ["readReference", () => readReference({ ctx, input })],
    ["readOperation", () => readOperation({ ctx, input: { ...input, operation: "ships.get" } })],
    ["readApiDocument", () => readApiDocument({ ctx, input })],
    ["llmsReference", () => llmsReference({ ctx, input })],
    ["listGuides", () => listGuides({ ctx, input })],
    ["getChangelog", () => getChangelog({ ctx, input })],
    ["getGuide", () => getGuide({ ctx, input: { ...input, guide: "start" } })],
  ];
  if (projectId !== null) {
    const project = { projectId };
    attempts.push(
      ["listProjectApis", async () => (await listProjectApis({ ctx, input: project })).items],
      [
        "listProjectApisForPage",
        async () => {
          const { items, total } = await listProjectApisForPage({ ctx, input: project });
          expect(total).toBe(items.length);
          return items;
        },
      ],
    );
  }
  const seen: string[] = [];
  for (const [name, attempt] of attempts) {
    const found = await attempt().catch((error: Error & { code?: string }) => {
      expect(["not-found", "unauthenticated"], name).toContain(error.code);
      return [];
    });
    if (!Array.isArray(found) || found.length > 0) seen.push(name);
  }
  return seen;
}

describe("visibility", () => {
  beforeEach(async () => {
    await create({});
    await saveGuide({ ctx: admin, input: { ...SLUG, guide: "start", title: "Start", body: "# Hi" } });
  });
  const set = (visibility: "public" | "members" | "projects", visibleTo?: string[]) =>
    updateApi({ ctx: admin, input: { ...SLUG, visibility, ...(visibleTo && { visibleTo }) } });

  test("an API for members is invisible to visitors, who can't distinguish it from an unknown one", async () => {
    const visitor = ctxOf(db, VISITOR);
    expect(await seenBy(visitor, null)).toEqual([]);
    expect((await seenBy(insider, projectId)).length).toBe(18);
    const error = (slug: string) =>
      readReference({ ctx: visitor, input: { slug } }).catch(({ code, message }) => ({ code, message }));
    expect(await error("ships")).toEqual(await error("nothing"));
    expect(await error("ships")).toMatchObject({ code: "unauthenticated" });
  });

  test("a public reference is open to visitors, and nothing else of the catalog", async () => {
    await set("public");
    expect(await seenBy(ctxOf(db, VISITOR), null)).toEqual([
      "listReferences",
      "llmsIndex",
      "readReference",
      "readOperation",
      "readApiDocument",
      "llmsReference",
      "listGuides",
      "getChangelog",
      "getGuide",
    ]);
  });

  test("an API for chosen projects exists only for their members and administrators", async () => {
    await set("projects", [projectId]);
    expect(await getApiAudience({ ctx: admin, input: SLUG })).toEqual({
      items: [{ id: projectId, name: "Fleet" }],
    });
    expect((await seenBy(insider, projectId)).length).toBe(18);
    expect((await seenBy(admin, projectId)).length).toBe(18);
    expect(await seenBy(outsider, otherId)).toEqual([]);
    expect(await seenBy(ctxOf(db, VISITOR), null)).toEqual([]);
    const error = (slug: string) =>
      getApi({ ctx: outsider, input: { slug } }).catch(({ code, message }) => ({ code, message }));
    expect(await error("ships")).toEqual(await error("nothing"));
  });

  test("a member of a chosen project can't enable the API for another project", async () => {
    await set("projects", [projectId]);
    const both = ctxOf(db, owner);
    const ownId = await makeProject(db, owner, "Own");
    for (const verb of [enableApi, disableApi]) {
      await expect(verb({ ctx: both, input: { projectId: ownId, ...SLUG } })).rejects.toMatchObject({
        code: "not-found",
      });
    }
    expect((await listProjectApis({ ctx: both, input: { projectId: ownId } })).items).toEqual([]);
    expect(await enableApi({ ctx: both, input: { projectId, ...SLUG } })).toEqual({ status: "enabled" });
  });

  test("a project that enabled the API keeps seeing it", async () => {
    await enableApi({ ctx: ctxOf(db, owner), input: { projectId, ...SLUG } });
    await set("projects", []);
    expect((await seenBy(insider, projectId)).length).toBe(18);
    await disableApi({ ctx: ctxOf(db, owner), input: { projectId, ...SLUG } });
    expect(await seenBy(insider, projectId)).toEqual([]);
  });

  test("a project that does not exist can't be chosen", async () => {
    await expect(set("projects", [projectId, "prj_nothing"])).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "visibleTo.1" }],
    });
    expect(await getApiAudience({ ctx: admin, input: SLUG })).toEqual({ items: [] });
  });

  test("a user who must set up a second factor first sees what visitors see", async () => {
    const actor = { ...owner, session: { id: "s", confirmedAt: 0, needsFactor: true as const } };
    await expect(readReference({ ctx: ctxOf(db, actor), input: SLUG })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await listReferences({ ctx: ctxOf(db, actor) })).toEqual([]);
    expect(await llmsIndex({ ctx: ctxOf(db, actor) })).not.toContain("ships");
    await set("public");
    expect(await readReference({ ctx: ctxOf(db, actor), input: SLUG })).toMatchObject(SLUG);
  });
});

describe("a reference", () => {
  test("groups operations by tag, finds them by words, and follows a new document", async () => {
    await create({});
    const all = await readReference({ ctx: insider, input: SLUG });
    expect(all).toMatchObject({
      version: "2",
      description: "Of the *fleet*.",
      total: 2,
      groups: [
        {
          tag: "Hulls",
          description: "About hulls.",
          operations: [{ name: "ships.get", path: "/ships/{id}" }],
        },
        { tag: null, operations: [{ name: "ships.scrap", deprecated: true }] },
      ],
    });
    const found = await readReference({ ctx: insider, input: { ...SLUG, search: "HULLS get" } });
    expect(found).toMatchObject({ count: 1, total: 2, groups: [{ operations: [{ name: "ships.get" }] }] });
    const untagged = await readReference({ ctx: insider, input: { ...SLUG, tag: "" } });
    expect(untagged.groups.map(({ tag }) => tag)).toEqual([null]);
    const changed = { ...openapi, info: { title: "Ships", version: "3" } };
    await updateApi({ ctx: admin, input: { ...SLUG, openapi: changed } });
    expect(await readReference({ ctx: insider, input: SLUG })).toMatchObject({ version: "3" });
  });

  test("an API without a document shows the operations that were entered by hand", async () => {
    await create({
      openapi: undefined,
      name: "Ships",
      baseUrl: "https://ships.example.com",
      operations: [{ name: "ships.list", method: "GET", path: "/ships" }, { name: "ships.other" }],
    });
    const { operation } = await readOperation({ ctx: insider, input: { ...SLUG, operation: "ships.list" } });
    expect(operation.sample.url).toBe("https://ships.example.com/ships");
    expect(await readReference({ ctx: insider, input: SLUG })).toMatchObject({ total: 1, uploaded: false });
  });

  test("as text for language models has every operation, and links to what the reader may see", async () => {
    await create({ visibility: "public" });
    const visitor = ctxOf(db, VISITOR);
    expect(await llmsIndex({ ctx: visitor })).toContain(
      `[Ships](${visitor.settings.url}/apis/ships/llms.txt)`,
    );
    const text = await llmsReference({ ctx: visitor, input: SLUG });
    expect(text).toContain("## GET /ships/{id}");
    expect(text).toContain("## DELETE /ships/{id}");
    expect(text).toContain("X-Api-Key");
  });

  test("as text is generated once for each document, however often it is read", async () => {
    await create({ visibility: "public" });
    const visitor = ctxOf(db, VISITOR);
    const text = await llmsReference({ ctx: visitor, input: SLUG });
    const loaded = await loadDocument(db.read, await mustFindApi(db.read, "ships"));
    loaded.operations.length = 0;
    expect(await llmsReference({ ctx: visitor, input: SLUG })).toBe(text);
  });
});

describe("guides", () => {
  beforeEach(async () => {
    await create({});
  });
  const save = (guide: string, more: { position?: number } = {}) =>
    saveGuide({ ctx: admin, input: { ...SLUG, guide, title: guide, body: "text", ...more } });

  test("come in their order, keep it when they are changed, and are deleted", async () => {
    await save("b");
    await save("a");
    await save("first", { position: 0 });
    await save("b");
    const { items } = await listGuides({ ctx: insider, input: SLUG });
    expect(items.map(({ slug }) => slug)).toEqual(["b", "first", "a"]);
    await deleteGuide({ ctx: admin, input: { ...SLUG, guide: "b" } });
    await expect(getGuide({ ctx: insider, input: { ...SLUG, guide: "b" } })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("the changelog is no guide, and an empty one is removed", async () => {
    await saveChangelog({ ctx: admin, input: { ...SLUG, body: "## 2\n\nFaster." } });
    expect(await readReference({ ctx: insider, input: SLUG })).toMatchObject({
      guides: [],
      hasChangelog: true,
    });
    expect(await getChangelog({ ctx: insider, input: SLUG })).toMatchObject({ body: "## 2\n\nFaster." });
    await saveChangelog({ ctx: admin, input: { ...SLUG, body: "" } });
    expect(await getChangelog({ ctx: insider, input: SLUG })).toEqual({ body: "", updatedAt: null });
  });

  test("are limited in number", async () => {
    for (let n = 0; n < MAX_GUIDES; n++) await save(`g${n}`);
    await expect(save("more")).rejects.toMatchObject({ code: "conflict", problem: "LIMIT_REACHED" });
    await save("g0");
  });
});
