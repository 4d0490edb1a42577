import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { hasTriedKey } from "#domain/projects/tried-keys.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { apiOf } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, enableFor, makeApi, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { countedChecks } from "#test/usage.ts";

let deployment: Awaited<ReturnType<typeof makeDeployment>>;
let asked = 0;
beforeEach(async () => {
  deployment = await makeDeployment();
  asked += 1;
});

async function makeDeployment() {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  await makeApi(db, "badges", { operations: ["badges.sync", "badges.list"] });
  await enableFor(db, projectId, "badges");
  const ctx = ctxOf(db, owner);
  return { db, ctx, projectId };
}

/** Each test uses another IP address, because attempts are limited for each address. */
const ask = (body: object, address = `198.51.100.${asked}`) =>
  apiOf(deployment.db)(null)("POST", "/keys/try", { body, headers: { [CLIENT_IP_HEADER]: address } });

test("the holder of a secret sees its verdict without any token, and nothing is counted or stored", async () => {
  const { secret } = await makeKey(deployment.ctx, deployment.projectId);
  const answer = await ask({ key: secret });
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ valid: true, code: "VALID", environment: "live", api: "badges" });
  expect(await countedChecks(deployment.db)).toBe(0);
  const [row] = await deployment.db.read.q.select().from(deployment.db.read.t.keys);
  expect(row?.lastUsedAt).toBeNull();
});

test("a project learns that a key works, once, and nothing from a key that does not", async () => {
  const { ctx, db, projectId } = deployment;
  const { secret } = await makeKey(ctx, projectId);
  await ask({ key: generateToken("lk", "live") });
  expect(await hasTriedKey({ ctx, input: { projectId } })).toBe(false);
  await ask({ key: secret });
  expect(await hasTriedKey({ ctx, input: { projectId } })).toBe(true);
  const triedAt = async () => (await db.read.q.select().from(db.read.t.projects))[0]?.triedAt;
  const first = await triedAt();
  await ask({ key: secret });
  expect(await triedAt()).toBe(first);
});

test("the key's owner, metadata and remaining limits are not shown: a finder of the secret may be asking", async () => {
  const more = { metadata: { customer: "acme" }, restrictions: { ips: ["203.0.113.0/24"] } };
  const { key, secret } = await makeKey(deployment.ctx, deployment.projectId, more);
  const answers = [await ask({ key: secret }, "203.0.113.77"), await ask({ key: secret })];
  expect(answers.map(({ json }) => json.code)).toEqual(["VALID", "IP_NOT_ALLOWED"]);
  for (const { json } of answers) {
    for (const fact of ["acme", key.id, key.name, deployment.projectId, "remaining", "quota"]) {
      expect(JSON.stringify(json)).not.toContain(fact);
    }
  }
});

test("every state of a key gets the verdict of a real request", async () => {
  const { key, secret } = await makeKey(deployment.ctx, deployment.projectId);
  const codeOf = async (fields: object) => (await ask({ key: secret, ...fields })).json.code;
  const { keys } = deployment.db.read.t;
  const set = (values: object) =>
    deployment.db.write((tx) => tx.q.update(tx.t.keys).set(values).where(eq(keys.id, key.id)));
  expect((await ask({ key: "lk_live_typo" })).json.code).toBe("KEY_MALFORMED");
  expect((await ask({ key: generateToken("lk", "live") })).json.code).toBe("KEY_NOT_FOUND");
  await makeApi(deployment.db, "offers");
  expect(await codeOf({ api: "offers" })).toBe("API_NOT_ENABLED");
  await set({ enabled: false });
  expect(await codeOf({})).toBe("KEY_DISABLED");
  await set({ expiresAt: START, enabled: true });
  expect(await codeOf({})).toBe("KEY_EXPIRED");
  await set({ revokedAt: START });
  expect(await codeOf({})).toBe("KEY_REVOKED");
});

test("without an API, the request is for an API that the key may call", async () => {
  const restrictions = { apis: [{ api: "badges", operations: ["badges.l*"] }] };
  const { secret } = await makeKey(deployment.ctx, deployment.projectId, { restrictions });
  expect((await ask({ key: secret })).json).toMatchObject({ code: "VALID", operation: "badges.list" });
  expect((await ask({ key: secret, operation: "badges.sync" })).json.code).toBe("OPERATION_NOT_ALLOWED");
});

test("method and path name the operation, as in a real request", async () => {
  const { operations } = deployment.db.read.t;
  const place = { method: "POST", path: "/badges/{id}/sync" };
  await deployment.db.write((tx) =>
    tx.q.update(tx.t.operations).set(place).where(eq(operations.name, "badges.sync")),
  );
  const restrictions = { apis: [{ api: "badges", operations: ["badges.sync"] }] };
  const { secret } = await makeKey(deployment.ctx, deployment.projectId, { restrictions });
  const called = (method: string) => ask({ key: secret, method, path: "/badges/7/sync" });
  expect((await called("POST")).json).toMatchObject({ code: "VALID", operation: "badges.sync" });
  expect((await called("GET")).json).toMatchObject({
    code: "OPERATION_NOT_ALLOWED",
    observed: { method: "GET", path: "/badges/7/sync" },
  });
  const half = await ask({ key: secret, method: "POST" });
  expect(half.status).toBe(400);
  expect(half.json.errors[0].path).toBe("path");
});

test("a key restricted to IP addresses is evaluated with the address that the portal sees, and the denial names it", async () => {
  const { secret } = await makeKey(deployment.ctx, deployment.projectId, {
    restrictions: { ips: ["203.0.113.0/24"] },
  });
  expect((await ask({ key: secret }, "203.0.113.9")).json.code).toBe("VALID");
  const denied = (await ask({ key: secret }, "192.0.2.9")).json;
  expect(denied).toMatchObject({ code: "IP_NOT_ALLOWED", observed: { clientIp: "192.0.2.9" } });
  expect(denied.message).toContain("Add the IP address 192.0.2.9");
  // Nobody may say it for themselves.
  expect((await ask({ key: secret, clientIp: "203.0.113.9" }, "192.0.2.9")).status).toBe(400);
});

test("a key restricted to a website is evaluated with the page that the caller names", async () => {
  const { secret } = await makeKey(deployment.ctx, deployment.projectId, {
    restrictions: { referrers: ["example.com"] },
  });
  expect((await ask({ key: secret })).json.message).toContain("needs a Referer or Origin header");
  expect((await ask({ key: secret, referrer: "https://example.com/shop" })).json.code).toBe("VALID");
  expect((await ask({ key: secret, origin: "https://example.org" })).json).toMatchObject({
    code: "REFERRER_NOT_ALLOWED",
    observed: { origin: "https://example.org" },
  });
});

test("a project without enabled APIs gets a hint to enable one", async () => {
  const owner = await makeUser(deployment.db);
  const { secret } = await makeKey(ctxOf(deployment.db, owner), await makeProject(deployment.db, owner));
  expect((await ask({ key: secret })).json).toMatchObject({
    code: "API_NOT_ENABLED",
    message: "Enable an API for this key's project first.",
  });
});

test("an API that is not in the catalog is an error of the request", async () => {
  const { secret } = await makeKey(deployment.ctx, deployment.projectId);
  const answer = await ask({ key: secret, api: "nothing" });
  expect(answer.status).toBe(400);
  expect(answer.json.errors[0].path).toBe("api");
});

test("a key with an unreadable rule gets no verdict", async () => {
  const { secret } = await makeKey(deployment.ctx, deployment.projectId);
  const ips = { ips: ["198.51.100.0/240"], referrers: [], apps: { android: [], ios: [] }, apis: [] };
  await deployment.db.write((tx) => tx.q.update(tx.t.keys).set({ restrictions: ips }));
  expect((await ask({ key: secret })).status).toBe(503);
});

test("all IP addresses of an IPv6 subnet share the same attempts", async () => {
  const body = { key: "lk_live_typo" };
  const from = (subnet: number, host: number) => ask(body, `2001:db8:0:${subnet}::${host.toString(16)}`);
  const many = await Promise.all(Array.from({ length: 31 }, (_, host) => from(7, host)));
  expect(many.filter((answer) => answer.status === 429)).toHaveLength(1);
  expect((await from(8, 1)).status).toBe(200);
});

test("an IP address has 30 attempts a minute, and others are not affected by it", async () => {
  const body = { key: "lk_live_typo" };
  const many = await Promise.all(Array.from({ length: 31 }, () => ask(body, "203.0.113.1")));
  const rejected = many.filter((answer) => answer.status === 429);
  expect(rejected).toHaveLength(1);
  expect(Number(rejected[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await ask(body, "203.0.113.2")).status).toBe(200);
});

test("an API for other projects is answered like an unknown API", async () => {
  const { db, ctx, projectId } = deployment;
  const { secret } = await makeKey(ctx, projectId);
  await makeApi(db, "hidden");
  await db.write((tx) =>
    tx.q.update(tx.t.apis).set({ visibility: "projects" }).where(eq(tx.t.apis.slug, "hidden")),
  );
  const answers = await Promise.all(["hidden", "nothing"].map((api) => ask({ key: secret, api })));
  for (const { status, json } of answers) {
    expect([status, json.detail?.replace(/hidden|nothing/, "")]).toEqual([400, "There is no API “”."]);
  }
});
