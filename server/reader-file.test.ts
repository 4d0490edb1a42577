import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { generateToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { llmsIndex, llmsReference } from "#domain/catalog/reference/llms.ts";
import { makeManagementToken, makeProjectToken, servicesOf } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeApi, makeProject, makeUser } from "#test/people.ts";
import * as session from "./rate-limited-actor.ts";
import { handleReaderFile } from "./reader-file.ts";

let db: Db;
let userId: string;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  userId = user.userId;
  projectId = await makeProject(db, user);
  const admin = ctxOf(db, await makeAdmin(db));
  const set = (slug: string, visibility: "public" | "members" | "projects", visibleTo: string[] = []) =>
    updateApi({ ctx: admin, input: { slug, visibility, ...(visibility === "projects" && { visibleTo }) } });
  for (const slug of ["open", "members", "ours", "others"]) await makeApi(db, slug);
  await set("open", "public");
  await set("members", "members");
  await set("ours", "projects", [projectId]);
  await set("others", "projects");
  // Without a management token, the session counts: here there is none.
  vi.spyOn(session, "getRateLimitedActor").mockResolvedValue({ kind: "visitor", ipAddress: null });
});
afterEach(() => vi.restoreAllMocks());

async function read(slug: string | null, authorization?: string) {
  const path = slug === null ? "/llms.txt" : `/apis/${slug}/llms.txt`;
  const request = new Request(`http://localhost${path}`, {
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
  const services = servicesOf(db);
  const response = await handleReaderFile(
    request,
    "text/plain",
    (ctx) => (slug === null ? llmsIndex({ ctx }) : llmsReference({ ctx, input: { slug } })),
    async () => services,
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const statuses = async (authorization?: string) => {
  const answers = await Promise.all(
    ["open", "members", "ours", "others"].map((slug) => read(slug, authorization)),
  );
  return answers.map(({ status }) => status);
};

test("a management token reads what its user or its project may see, a visitor what is public", async () => {
  const ofUser = `Bearer ${await makeManagementToken(db, userId, ["catalogue:read"])}`;
  const owner = { projectId, role: "viewer" as const, createdBy: userId };
  const ofProject = `Bearer ${await makeProjectToken(db, owner, ["catalogue:read"])}`;
  expect(await statuses(ofUser)).toEqual([200, 200, 200, 404]);
  expect(await statuses(ofProject)).toEqual([200, 200, 200, 404]);
  expect(await statuses()).toEqual([200, 404, 404, 404]);
  const index = await read(null, ofUser);
  expect(index.text).toContain("/apis/ours/llms.txt");
  expect(index.text).not.toContain("/apis/others/llms.txt");
  expect(index.headers.get("ratelimit")).not.toBeNull();
});

test("a token without the scope is 403, an invalid one 401, and both say why", async () => {
  const without = await read("open", `Bearer ${await makeManagementToken(db, userId, ["keys:read"])}`);
  expect([without.status, without.text]).toEqual([403, expect.stringContaining("catalogue:read")]);
  for (const token of [generateToken("lk", "mgt"), "lk_mgt_short"]) {
    const invalid = await read("open", `Bearer ${token}`);
    expect([invalid.status, invalid.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  }
});

test("a visitor gets the same 404, which says how to read it, for what is not public and for what does not exist", async () => {
  const [hidden, missing] = [await read("members"), await read("nothing")];
  const withoutId = ({ status, text }: typeof hidden) => ({ ...JSON.parse(text), status, requestId: "" });
  expect(withoutId(hidden)).toEqual(withoutId(missing));
  // Postgres rejects it in a query.
  expect(withoutId(await read("no\0thing"))).toEqual(withoutId(missing));
  expect(hidden.text).toContain("catalogue:read");
});

test("credentials that a proxy adds for itself are ignored", async () => {
  for (const other of ["Basic YTpi", "Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln", "Negotiate abc"])
    expect(await statuses(other)).toEqual([200, 404, 404, 404]);
});
