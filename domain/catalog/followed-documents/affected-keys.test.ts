import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { matchesOperation } from "#core/restrictions/apis.ts";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { documentOf } from "#test/documents.ts";
import { ctxOf, makeAdmin, makeProject, makeUser } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { createKey } from "../../keys/create.ts";
import { createKeySchema } from "../../keys/schema.ts";
import { createApi } from "../apis/create.ts";
import { createApiSchema } from "../apis/schema.ts";
import { updateApi } from "../apis/update.ts";
import { enableApi } from "../enablement/enable.ts";
import { countAffectedKeys } from "./changes.ts";
import { followDocument, getFollowedDocument } from "./follow.ts";

const SLUG = { slug: "ships" };

let db: Db;
let admin: Ctx;

beforeEach(async () => {
  db = await openTestDb();
  admin = ctxOf(db, await makeAdmin(db));
  const openapi = documentOf({ "ships.list": {}, "ships.get": {} });
  await createApi({ ctx: admin, input: createApiSchema.parse({ ...SLUG, openapi }) });
});

test("keys of all projects that are restricted to a removed operation are counted", async () => {
  const owner = await makeUser(db);
  const ctx = ctxOf(db, owner);
  for (const operations of [["ships.get"], ["ships.*"], ["ships.list"], []]) {
    const projectId = await makeProject(db, owner, "Fleet");
    await enableApi({ ctx, input: { projectId, slug: "ships" } });
    const restrictions = { apis: [{ api: "ships", operations }] };
    const input = createKeySchema.parse({ projectId, name: "k", environment: "test", restrictions });
    await createKey({ ctx, input });
  }
  await followDocument({
    ctx: admin,
    input: { ...SLUG, url: "https://ships.example/openapi.json" },
    fetchDocument: async () => ({ text: JSON.stringify(documentOf({ "ships.list": {} })) }),
  });
  const followed = await getFollowedDocument({ ctx: admin, input: SLUG });
  expect(followed?.found?.affected).toEqual({ keys: 2, projects: 2, more: false });
});

test("a pattern of a key affects it if it matches any of the removed operations", async () => {
  const owner = await makeUser(db);
  const ctx = ctxOf(db, owner);
  const projectId = await makeProject(db, owner, "Fleet");
  const openapi = documentOf({ "b.a": {}, "b.b": {}, "d.a": {}, "d.z": {}, f: {} });
  await updateApi({ ctx: admin, input: { ...SLUG, openapi } });
  await enableApi({ ctx, input: { projectId, slug: "ships" } });
  const affects = async (pattern: string, removed: string[]) => {
    const restrictions = { apis: [{ api: "ships", operations: [pattern] }] };
    const input = createKeySchema.parse({ projectId, name: "k", environment: "test", restrictions });
    const { key } = await createKey({ ctx, input });
    const { keys } = await countAffectedKeys(db.read, "ships", { removed, removedScopes: [] });
    await db.write(({ q, t }) => q.update(t.keys).set({ revokedAt: 1 }).where(eq(t.keys.id, key.id)));
    return keys === 1;
  };
  for (const pattern of ["*", "b.*", "b.a*", "b.b", "d*", "d.z", "f*", "f"])
    for (const removed of [["b.a"], ["d.z", "b.b"], ["f", "d.a"], ["c", "e", "d.zz"]])
      expect(await affects(pattern, removed), `${pattern} of ${removed}`).toBe(
        removed.some((name) => matchesOperation(pattern, name)),
      );
});

test("keys are counted for a bounded time", async () => {
  let now = 0;
  const changes = { removed: ["ships.get"], removedScopes: [] };
  const counted = await countAffectedKeys(db.read, "ships", changes, () => (now += 2_000));
  expect(counted).toEqual({ keys: 0, projects: 0, more: true });
});
