import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { generateToken, hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeApi, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { problemSchema } from "./openapi.ts";
import { noFields, route } from "./route.ts";

let db: Db;
let token: string;
let userId: string;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  userId = user.userId;
  token = await makeManagementToken(db, userId);
  projectId = await makeProject(db, user);
});
const api = (as: string | null = token) => apiOf(db)(as);

test("every response has its own request id and must not be cached", async () => {
  const [good, bad] = [await api()("GET", "/projects"), await api()("GET", "/nothing")];
  for (const answer of [good, bad]) {
    expect(answer.headers.get("x-request-id")).toMatch(/^req_\w{22}$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
  expect(good.headers.get("x-request-id")).not.toBe(bad.headers.get("x-request-id"));
});

test("an unknown path is a problem with status 404", async () => {
  for (const path of ["/nothing", "/projects/", "/projects//keys", "/projects/%E0%A4%A/keys"]) {
    const answer = await api()("GET", path);
    expect(answer.status, path).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(problemSchema.parse(answer.json)).toMatchObject({ title: "Not Found", status: 404 });
  }
});

test("an unsupported method gets 405 with the allowed methods", async () => {
  const answer = await api()("PUT", "/projects");
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
  const options = await api(null)("OPTIONS", "/projects");
  expect(options.status).toBe(204);
  expect(options.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
});

test("HEAD is answered like GET, without the body", async () => {
  const head = await api()("HEAD", "/projects");
  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers.get("content-type")).toBe("application/json");
  expect(await api(null)("HEAD", "/projects")).toMatchObject({ status: 401, text: "" });
});

test("only a valid management token is accepted", async () => {
  const asking = { Authorization: "Basic YTpi" };
  const others = [
    await api(null)("GET", "/projects"),
    await api(null)("GET", "/projects", { headers: asking }),
    await api("lk_mgt_short")("GET", "/projects"),
    await api(generateToken("lk", "mgt"))("GET", "/projects"),
    await api(generateToken("lk", "svc"))("GET", "/projects"),
    await api(generateToken("lk", "live"))("GET", "/projects"),
  ];
  for (const answer of others) {
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
  }
});

test("a session cookie does not authenticate a request, so that other sites cannot send one", async () => {
  const headers = { Cookie: "__Host-latchkey.session=x; next-auth.session-token=x" };
  expect((await api(null)("POST", "/projects", { body: { name: "a" }, headers })).status).toBe(401);
});

test("a body that is nested deeply is rejected with little time and memory", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const keys = `/projects/${projectId}/keys`;
  const row = `{"name": "a", "environment": "live", "metadata": {"n": 1, "a": ${deep}}}`;
  expect((await api()("POST", keys, { raw: row })).status).toBe(400);
  expect((await api()("POST", `${keys}/import`, { raw: `{"keys": [${row}]}` })).status).toBe(400);
  expect((await api()("POST", `${keys}/import`, { raw: `{"keys": ${deep}}` })).status).toBe(400);
  const many = `{"keys": [${"[],".repeat(100_000)}{}], "metadata": {"n": 1}}`;
  expect((await api()("POST", `${keys}/import`, { raw: many })).status).toBe(400);
  // A hundred levels are an error of their row.
  const row100 = `{"name": "a", "environment": "live", "metadata": {"a": ${"[".repeat(100)}${"]".repeat(100)}}}`;
  const rows = await api()("POST", `${keys}/import`, { raw: `{"keys": [${row100}]}` });
  expect(rows).toMatchObject({ status: 200, json: { created: 0, failed: 1 } });
});

test("hostile texts are rejected in linear time, whichever field has them", async () => {
  const [marks, spaces] = ["\u0301\u0316".repeat(200_000), " ".repeat(400_000)];
  const key = { name: "a", environment: "live" };
  for (const fields of [
    { description: `a${marks.slice(0, 90)}`.repeat(4_000) },
    { name: `a${marks}`, environment: "other" },
    { tags: [`a${marks}`] },
    { metadata: { [`a${marks}`]: 1 } },
    { restrictions: { ips: [`1${spaces}1`] } },
  ]) {
    const answer = await api()("POST", `/projects/${projectId}/keys`, { body: { ...key, ...fields } });
    expect(answer.status).toBe(400);
  }
});

test("a revoked token and a token of a disabled user stop working immediately", async () => {
  expect((await api()("GET", "/projects")).status).toBe(200);
  await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: START }).where(eq(tx.t.users.id, userId)));
  expect((await api()("GET", "/projects")).status).toBe(401);
  await db.write((tx) => tx.q.update(tx.t.users).set({ disabledAt: null }).where(eq(tx.t.users.id, userId)));
  await db.write((tx) => tx.q.update(tx.t.managementTokens).set({ revokedAt: START }));
  expect((await api()("GET", "/projects")).status).toBe(401);
});

test("the last use of a token is stored at most once a minute", async () => {
  const readUse = async () => (await db.read.q.select().from(db.read.t.managementTokens))[0]?.lastUsedAt;
  await api()("GET", "/projects");
  const first = await readUse();
  expect(first).toBeGreaterThan(Date.now() - 60_000);
  await api()("GET", "/projects");
  expect(await readUse()).toBe(first);
  const { hash } = db.read.t.managementTokens;
  const longAgo = Date.now() - 60_000;
  await db.write((tx) =>
    tx.q
      .update(tx.t.managementTokens)
      .set({ lastUsedAt: longAgo })
      .where(eq(hash, hashToken(token))),
  );
  await api()("GET", "/projects");
  expect(await readUse()).toBeGreaterThan(longAgo);
});

test("a body must be a JSON object in UTF-8, sent as JSON", async () => {
  const post = (raw: string | Uint8Array<ArrayBuffer>, contentType = "application/json") =>
    api()("POST", "/projects", { raw, headers: { "Content-Type": contentType } });
  expect((await post('{"name":"a"}', "text/plain")).status).toBe(415);
  expect((await post("name=a", "application/x-www-form-urlencoded")).status).toBe(415);
  expect((await post('{"name":"a"}', "application/json; charset=utf-8")).status).toBe(201);
  for (const raw of ["{", "[]", '"a"', "null", "1", '{"name":"a"} x', new Uint8Array([0x7b, 0xff, 0x7d])]) {
    const answer = await post(raw);
    expect(answer.status, String(raw)).toBe(400);
    expect(answer.json.errors).toHaveLength(1);
  }
});

test("a body that can't be parsed is not quoted, because it may contain a secret", async () => {
  const secret = generateToken("lk", "live");
  const answer = await api()("POST", "/projects", { raw: `{"name": ${secret}` });
  expect(answer.text).not.toContain(secret.slice(8));
});

test("a body over the cap is 413, whether its length is declared or not", async () => {
  const raw = JSON.stringify({ name: "a".repeat(64 * 1024) });
  expect((await api()("POST", "/projects", { raw })).status).toBe(413);
  const declared = { raw: "{}", headers: { "Content-Length": "70000" } };
  expect((await api()("POST", "/projects", declared)).status).toBe(413);
});

test("every error of a request is listed with its path", async () => {
  const body = {
    nmae: "x",
    environment: "prod",
    expiresAt: "tomorrow",
    restrictions: { ipz: [], apis: [{ api: "NO", operations: ["a b"] }] },
    metadata: { a: { nested: true } },
    projectId: "prj_other",
  };
  const answer = await api()("POST", `/projects/${projectId}/keys`, { body });
  expect(answer.status).toBe(400);
  expect(answer.json.errors.map((error: { path: string }) => error.path).sort()).toEqual([
    "environment",
    "expiresAt",
    "metadata.a",
    "name",
    "nmae",
    "projectId",
    "restrictions.apis.0.api",
    "restrictions.apis.0.operations.0",
    "restrictions.ipz",
  ]);
});

test("a body with a Content-Encoding gets 415 that names it", async () => {
  const answer = await api()("POST", "/projects", {
    raw: "\u001f\u008b",
    headers: { "Content-Encoding": "gzip" },
  });
  expect([answer.status, answer.json.detail]).toEqual([415, expect.stringContaining("“gzip”")]);
});

test("an unknown, repeated or invalid query parameter is rejected", async () => {
  const faulty = async (query: string) => {
    const answer = await api()("GET", `/projects${query}`);
    return { status: answer.status, at: answer.json.errors?.map((error: { path: string }) => error.path) };
  };
  expect(await faulty("?limti=5")).toEqual({ status: 400, at: ["limti"] });
  expect(await faulty("?limit=5&limit=6")).toEqual({ status: 400, at: ["limit"] });
  expect(await faulty("?limit=0")).toEqual({ status: 400, at: ["limit"] });
  expect(await faulty("?limit=five&all=maybe")).toEqual({ status: 400, at: ["limit", "all"] });
  expect(await faulty("?cursor=!!!")).toEqual({ status: 400, at: ["cursor"] });
  expect((await api()("GET", "/projects?limit=5")).status).toBe(200);
  expect((await api()("POST", "/projects?name=a", { body: { name: "a" } })).status).toBe(400);
});

test.each<[string, string, string, unknown]>([
  ["in the path", "GET", "/projects/prj_%00", undefined],
  ["in a search", "GET", "/projects?search=a%00b", undefined],
  ["in a cursor", "GET", "/projects?cursor=%00", undefined],
  ["in a name", "POST", "/projects", { name: "a\0b" }],
  ["in a field that is not known", "POST", "/projects", { name: "a", note: "\0" }],
  ["in a key of metadata", "POST", "/projects/P/keys", { metadata: { "a\0": 1 } }],
  ["below another field openapi", "POST", "/projects/P/keys", { metadata: { openapi: "\0" } }],
  ["deep in restrictions", "POST", "/projects/P/keys", { restrictions: { referrers: ["a\0"] } }],
  ["in metadata of a filter", "GET", "/projects/P/keys?metadata.plan=%00", undefined],
  ["in an address", "POST", "/projects/P/invitations", { email: "a\0@example.com", role: "viewer" }],
  ["in a simulated request", "POST", "/projects/P/keys/key_x/simulate", { referrer: "\0" }],
])("a NUL character %s is answered 400", async (_, method, path, body) => {
  const answer = await api()(
    method,
    path.replace("/P/", `/${projectId}/`),
    body === undefined ? {} : { body },
  );
  expect(answer.status, answer.text).toBe(400);
});

test("a field in a request to a route without fields is rejected", async () => {
  const answer = await api()("PUT", `/projects/${projectId}/apis/badges`, { body: { status: "enabled" } });
  expect(answer.status).toBe(400);
  expect(answer.json.errors).toEqual([{ path: "status", message: "is not a field of this call" }]);
});

test("unknown names are repeated in a bounded and visible form, and of many the first are listed", async () => {
  const send = (body: object) => api()("POST", "/projects", { body });
  const hostile = await send({ name: "a", [`\u202e\u200b${"x".repeat(10_000)}`]: 1 });
  expect(hostile.status).toBe(400);
  expect(hostile.json.errors).toEqual([
    { path: `\ufffd\ufffd${"x".repeat(61)}…`, message: "is not a field of this call" },
  ]);
  const many = await send(Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`field${at}`, 1])));
  expect(many.json.errors).toHaveLength(50);
  expect(many.json.detail).toContain("The first 50 are listed.");
});

test("short lists are paginated too", async () => {
  for (const slug of ["a", "b", "c"]) await makeApi(db, slug);
  const page = async (query: string) => (await api()("GET", `/projects/${projectId}/apis${query}`)).json;
  const slugs = (json: { items: { slug: string }[] }) => json.items.map((item) => item.slug);
  const first = await page("?limit=2");
  expect(slugs(first)).toEqual(["a", "b"]);
  const second = await page(`?limit=2&cursor=${first.nextCursor}`);
  expect(slugs(second)).toEqual(["c"]);
  expect(second.nextCursor).toBeNull();
  expect((await page("?limit=3")).nextCursor).toBeNull();
  expect((await page("?cursor=gone")).errors[0].path).toBe("cursor");
});

test("the response to an unexpected error does not contain its text", async () => {
  const broken = route({
    method: "GET",
    path: "/api/v1/broken",
    tag: "Test",
    summary: "Breaks",
    tokenScope: "any",
    input: noFields,
    output: z.object({}),
    verb: async () => {
      throw new Error("connect to postgres://user:hunter2@db failed");
    },
  });
  const answer = await apiOf(db, [broken])(token)("GET", "/broken");
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain("hunter2");
  expect(problemSchema.parse(answer.json).requestId).toBe(answer.headers.get("x-request-id"));
});

test("an administrator's token needs admin:write and keys:write to restore or enable what an administrator ended", async () => {
  const admin = await makeAdmin(db);
  const { key } = await makeKey(ctxOf(db, admin), projectId);
  const path = `/projects/${projectId}/keys/${key.id}`;
  const limited = api(await makeManagementToken(db, admin.userId, ["keys:write"]));
  const full = api(await makeManagementToken(db, admin.userId, ["keys:write", "admin:write"]));
  expect((await limited("PATCH", path, { body: { enabled: false } })).status).toBe(200);
  expect((await limited("PATCH", path, { body: { enabled: true } })).status).toBe(403);
  expect((await full("PATCH", path, { body: { enabled: true } })).json).toMatchObject({ status: "active" });
  expect((await limited("DELETE", path)).status).toBe(200);
  expect((await limited("POST", `${path}/restore`, { body: {} })).status).toBe(403);
  expect((await full("POST", `${path}/restore`, { body: {} })).json).toMatchObject({ status: "active" });
  // The scope gives a developer's token nothing more.
  expect((await limited("PATCH", path, { body: { enabled: false } })).status).toBe(200);
  expect((await api()("PATCH", path, { body: { enabled: true } })).status).toBe(403);
});
