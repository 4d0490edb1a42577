import { beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, enableFor, makeApi, makeKey, makeProject, makeUser } from "#test/people.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;

beforeEach(async () => {
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await makeApi(db, "streams");
  await enableFor(db, projectId, "badges");
});

test("restrictions to one API are merged, sorted and deduplicated", async () => {
  const apis = [
    { api: "badges", operations: ["badges.sync"] },
    { api: "badges", operations: ["badges.*", "badges.sync"] },
  ];
  const { key } = await makeKey(ctx, projectId, { restrictions: { apis } });
  expect(key.restrictions.apis).toEqual([{ api: "badges", operations: ["badges.*", "badges.sync"] }]);
});

test("an API that isn't enabled and an operation that does not exist are both reported, each at its place", async () => {
  const apis = [
    { api: "streams", operations: [] },
    { api: "badges", operations: ["badges.list", "offers.*"] },
  ];
  await expect(makeKey(ctx, projectId, { restrictions: { apis } })).rejects.toMatchObject({
    code: "invalid",
    errors: [{ path: "restrictions.apis.0.api" }, { path: "restrictions.apis.1.operations.1" }],
  });
});
