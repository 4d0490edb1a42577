import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { createApi } from "#domain/catalog/apis/create.ts";
import { createApiSchema } from "#domain/catalog/apis/schema.ts";
import type { Ctx } from "#domain/context.ts";
import { clearProcessSingleton } from "#platform/process-singleton.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeMember, makeProject, makeUser } from "#test/people.ts";
import { allowedUrl, sendTryRequest, tryRequestSchema } from "./try-request.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
let server: Server;
let origin: string;
let seen: { req: IncomingMessage; body: string }[];
let answer: { status: number; headers: Record<string, string>; body: string | Buffer; delayMs?: number };

beforeEach(async () => {
  clearProcessSingleton("try requests");
  seen = [];
  answer = {
    status: 200,
    headers: { "content-type": "application/json", "set-cookie": "a=b" },
    body: '{"ok":1}',
  };
  server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk) => chunks.push(chunk));
    req.on("end", () => {
      seen.push({ req, body: Buffer.concat(chunks).toString() });
      setTimeout(() => res.writeHead(answer.status, answer.headers).end(answer.body), answer.delayMs ?? 0);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner);
  projectId = await makeProject(db, owner);
  await createApi({
    ctx: ctxOf(db, await makeAdmin(db)),
    input: createApiSchema.parse({
      slug: "badges",
      openapi: {
        openapi: "3.1.0",
        info: { title: "Badges" },
        servers: [{ url: `${origin}/v1` }],
        paths: {
          "/badges/{id}": {
            get: { operationId: "badges.get" },
            post: { operationId: "badges.set" },
          },
        },
      },
    }),
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const send = (more: Record<string, unknown> = {}, toPrivate = true, by = ctx) =>
  sendTryRequest(
    {
      ctx: by,
      input: tryRequestSchema.parse({
        projectId,
        slug: "badges",
        operation: "badges.set",
        url: `${origin}/v1/badges/7?full=1`,
        headers: [["X-Api-Key", "lk_test_x"]],
        body: '{"a":1}',
        ...more,
      }),
    },
    { toPrivate },
  );

describe("a request through the portal", () => {
  test("reaches the API with its method, path, headers and body, and the response comes back", async () => {
    const result = await send();
    expect(result).toMatchObject({ status: 200, body: '{"ok":1}', bytes: 8, truncated: false });
    expect("headers" in result && result.headers).toContainEqual(["content-type", "application/json"]);
    expect(seen[0]?.body).toBe('{"a":1}');
    expect(seen[0]?.req).toMatchObject({ method: "POST", url: "/v1/badges/7?full=1" });
    expect(seen[0]?.req.headers["x-api-key"]).toBe("lk_test_x");
  });

  test("carries nothing of the portal's own request, and no header of a connection or proxy", async () => {
    const names = ["Cookie", "Host", "X-Forwarded-For", "X-Latchkey-Token", "Connection", "Content-Length"];
    await send({
      headers: [...names.map((name) => [name, "evil"]), ["Transfer-Encoding", "chunked"], ["X-Own", "1"]],
    });
    const headers = seen[0]?.req.headers ?? {};
    expect(JSON.stringify(headers)).not.toContain("evil");
    expect(headers).toMatchObject({ "x-own": "1", host: new URL(origin).host, "content-length": "7" });
    expect(headers.cookie).toBeUndefined();
  });

  test("carries no header that replaces the method, the path or the address", async () => {
    const names = ["X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X_Forwarded_For"];
    await send({ headers: [...names, "True-Client-IP", "CF-Connecting-IP"].map((name) => [name, "evil"]) });
    expect(seen[0]?.req.rawHeaders).not.toContain("evil");
  });

  test("can't split a header or name an invalid one", async () => {
    for (const header of [
      ["X-A", "a\r\nX-B: b"],
      ["X-A", "a\0"],
      ["X A", "a"],
      ["X-A\r\nB", "a"],
      ["X-A", "€"],
    ]) {
      await expect(send({ headers: [header] })).rejects.toMatchObject({ code: "invalid" });
    }
    expect(seen).toEqual([]);
  });

  test("is limited in the size and the time of its response, and redirects are not followed", async () => {
    answer = { ...answer, body: "x".repeat(300_000) };
    expect(await send()).toMatchObject({ truncated: true, bytes: 256 * 1_024 });
    answer = { ...answer, body: Buffer.from([0, 255, 0]) };
    expect(await send()).toMatchObject({ body: null, bytes: 3 });
    answer = { status: 302, headers: { location: `${origin}/secret` }, body: "" };
    expect(await send()).toMatchObject({ status: 302 });
    expect(seen.map(({ req }) => req.url)).not.toContain("/secret");
  });

  test("fails, and ends, if the API switches protocols", async () => {
    server.removeAllListeners("request");
    server.on("request", ({ socket }) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
    });
    expect(await send()).toMatchObject({ error: "The connection was closed." });
  });

  test("is for developers of the project, and for APIs and operations that exist for them", async () => {
    const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"));
    await expect(send({}, true, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(send({}, true, ctxOf(db, await makeUser(db)))).rejects.toMatchObject({ code: "not-found" });
    await expect(send({ operation: "badges.nothing" })).rejects.toMatchObject({ code: "not-found" });
    await expect(send({ slug: "nothing" })).rejects.toMatchObject({ code: "not-found" });
    expect(seen).toEqual([]);
  });

  test("calls no private IP address unless the operator allows it", async () => {
    const result = await send({}, false);
    expect(result).toMatchObject({ error: expect.stringMatching(/^Not called/) });
    expect(seen).toEqual([]);
  });

  test("is limited to 30 a minute for each user, through all portals together", async () => {
    for (let n = 0; n < 30; n++) {
      // As another portal does, which has its own memory.
      if (n === 20) clearProcessSingleton("try requests");
      await send();
    }
    await expect(send()).rejects.toMatchObject({ code: "too-many" });
    expect(seen).toHaveLength(30);
  });
});

describe("a URL", () => {
  const servers = ["https://api.example.com/v1", "https://eu.example.com"];
  test.each([
    "https://api.example.com/v1",
    "https://api.example.com/v1/badges/7?x=/../",
    "https://api.example.com/v1/a%20b",
    "https://eu.example.com/anything",
  ])("below a server is allowed: %s", (url) => {
    expect(allowedUrl(url, servers).href).toBe(url);
  });

  test.each([
    "https://evil.example/v1/badges",
    "http://api.example.com/v1/badges",
    "https://api.example.com:8443/v1/badges",
    "https://api.example.com/v2/badges",
    "https://api.example.com/v1evil",
    "https://api.example.com/v1/../admin",
    "https://api.example.com/v1/%2e%2e/admin",
    "https://api.example.com/v1/..%2fadmin",
    "https://api.example.com/v1/%2e%2e%2fadmin",
    "https://api.example.com/v1/..%5cadmin",
    "https://api.example.com/v1/%252e%252e%252fadmin",
    "https://api.example.com/v1/..;/admin",
    "https://api.example.com/v1/%2e%2e%3bx=1/admin",
    "https://api.example.com/v1/x\\..\\..\\admin",
    "https://user:pass@api.example.com/v1/badges",
    "https://api.example.com@evil.example/v1/badges",
    "https://api.example.com.evil.example/v1",
    "https://169.254.169.254/v1/badges",
    "file:///etc/passwd",
    "//evil.example/v1",
    "/v1/badges",
    "",
  ])("elsewhere is rejected: %s", (url) => {
    expect(() => allowedUrl(url, servers)).toThrow();
  });
});
