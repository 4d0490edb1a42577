import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeProject } from "#test/people.ts";
import { listManagementTokens } from "./access/management-tokens/list.ts";
import { listServiceTokens } from "./access/service-tokens/list.ts";
import { listAllKeys } from "./admin/keys.ts";
import { listUsers } from "./admin/users.ts";
import { listAudit } from "./audit/list.ts";
import { listApis } from "./catalog/apis/list.ts";
import { listPendingAccess } from "./catalog/enablement/pending.ts";
import type { Ctx } from "./context.ts";
import { getKey, listKeys } from "./keys/list.ts";
import { KEY_SORTS, listKeysSchema } from "./keys/schema.ts";
import { getProject, listProjects } from "./projects/list.ts";
import { searchInputSchema } from "./search/schema.ts";
import { search } from "./search/search.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
beforeAll(async () => {
  db = await openTestDb();
  const admin = await makeAdmin(db);
  ctx = ctxOf(db, admin);
  projectId = await makeProject(db, admin);
});

const LISTS: Record<string, (page: { cursor: string; limit: number }) => Promise<unknown>> = {
  listAllKeys: (page) => listAllKeys({ ctx, input: page }),
  listUsers: (page) => listUsers({ ctx, input: page }),
  listApis: (page) => listApis({ ctx, input: page }),
  listAudit: (page) => listAudit({ ctx, input: page }),
  listPendingAccess: (page) => listPendingAccess({ ctx, input: page }),
  listManagementTokens: (page) => listManagementTokens({ ctx, input: page }),
  listServiceTokens: (page) => listServiceTokens({ ctx, input: page }),
  listProjects: (page) => listProjects({ ctx, input: { ...page, all: false } }),
};
for (const sort of KEY_SORTS) {
  LISTS[`listKeys by ${sort}`] = (page) =>
    listKeys({ ctx, input: listKeysSchema.parse({ ...page, projectId, sort }) });
}

const FOREIGN = [
  "nonsense",
  "{}",
  "[]",
  "[null]",
  "[[1]]",
  '["\\u0000"]',
  "[1.5]",
  "[1e300]",
  '["a",1]',
  '[true,"a"]',
  '[1,"a\\u0000"]',
  '[1,"a",2]',
];

describe.each(Object.entries(LISTS))("%s", (_, list) => {
  test("a cursor that no list returned is reported as an invalid cursor", async () => {
    for (const text of FOREIGN) {
      const cursor = Buffer.from(text).toString("base64url");
      const error = { code: "invalid", errors: [{ path: "cursor" }] };
      await expect(list({ cursor, limit: 2 }), text).rejects.toMatchObject(error);
    }
  });
});

test("a text that no database accepts finds nothing, like any other that does not occur", async () => {
  const text = "nowhere\0\ud800";
  const input = listKeysSchema.parse({
    projectId,
    q: text,
    tag: text,
    externalId: text,
    metadata: { plan: text },
  });
  expect((await listKeys({ ctx, input })).total).toBe(0);
  const found = await search({ ctx, input: searchInputSchema.parse({ query: text }) });
  expect(found).toEqual({ projects: [], keys: [], apis: [] });
});

test("an invalid id is not found, like any other that does not exist", async () => {
  for (const id of ["", "\0", "prj_1' or '1'='1", "../..", "ü", "x".repeat(10_000)]) {
    const absent = { code: "not-found" };
    await expect(getProject({ ctx, input: { projectId: id } })).rejects.toMatchObject(absent);
    await expect(getKey({ ctx, input: { projectId, keyId: id } })).rejects.toMatchObject(absent);
  }
});
