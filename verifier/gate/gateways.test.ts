import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { updateApiSchema } from "#domain/catalog/apis/schema.ts";
import { updateApi } from "#domain/catalog/apis/update.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema } from "#domain/keys/import/schema.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { type GatewayProcess, ownAddresses, RUN_GATEWAYS, startGateway } from "#test/gateway-process.ts";
import { hashedTokens, OLD_SHAPE } from "#test/imported-hashes.ts";
import { makeKey } from "#test/people.ts";

/** The change of a configuration that docs/integrate/gateways/README.md names for keys that start with `old_`. */
function acceptImported(gateway: string, config: string): string {
  if (gateway === "traefik") return config.replaceAll("lk_(live|test)_", "(lk_(live|test)_|old_)");
  if (gateway !== "envoy") return config.replace(/lk_\((?:\?:)?live\|test\)_/g, "(?:lk_(?:live|test)_|old_)");
  return config
    .replace('text:find("^lk_test_") ~= nil', 'text:find("^lk_test_") ~= nil or text:find("^old_") ~= nil')
    .replace(
      'not query:find("lk_", 1, true)',
      'not (query:find("lk_", 1, true) or query:find("old_", 1, true))',
    );
}

let fixture: GatewayFixture;
let service: Server;
let servicePort: number;
/** The last request that reached the service. */
let arrived: { headers: IncomingHttpHeaders; method: string; url: string } | null = null;

beforeAll(async () => {
  fixture = await createGatewayFixture();
  service = createServer((req, res) => {
    arrived = { headers: req.headers, method: req.method ?? "", url: req.url ?? "" };
    // Also for HEAD: without it, Node's client assumes that the connection closes.
    res.setHeader("Content-Length", "served".length);
    res.end("served");
  });
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
  servicePort = (service.address() as AddressInfo).port;
});
afterAll(async () => {
  service.close();
  await fixture.stop();
});

describe.each(RUN_GATEWAYS)("%s, configured as in docs/integrate/gateways", (name) => {
  let gateway: GatewayProcess;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  beforeAll(async () => {
    const { verifierPort, token } = fixture;
    gateway = await startGateway(name, { verifierPort, servicePort, token });
  });
  afterAll(async () => {
    agent.destroy();
    await gateway.end();
  });

  interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    body: string;
    /** The client port of the request's connection. */
    connection: number | undefined;
  }

  function call(headers: Record<string, string> = {}, method = "GET", path = "/badges?x=1"): Promise<Answer> {
    arrived = null;
    return new Promise((done, failed) => {
      const to = { host: "127.0.0.1", port: gateway.port };
      const outgoing = request({ ...to, path, method, headers, agent }, (response) => {
        // After it has ended, another request may use the connection.
        const connection = response.socket.localPort;
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => {
          const { statusCode: status = 0, headers } = response;
          done({ status, headers, body, connection });
        });
      });
      outgoing.on("error", failed).end();
    });
  }
  const withKey = (key: string, more: Record<string, string> = {}) => call({ "X-Api-Key": key, ...more });

  test("a valid key passes, and the service gets its facts but never the key", async () => {
    const externalId = "Kunde 7%: {ä,€}";
    const { key, secret } = await makeKey(fixture.ctx, fixture.projectId, { externalId });
    expect(await withKey(secret)).toMatchObject({ status: 200, body: "served" });
    expect(arrived?.headers["x-latchkey-external-id"]).toBe("Kunde 7%25: %7B%C3%A4%2C%E2%82%AC%7D");
    expect(arrived?.headers).toMatchObject({
      "x-latchkey-code": "VALID",
      "x-latchkey-key-id": key.id,
      "x-latchkey-project-id": fixture.projectId,
      "x-latchkey-environment": "live",
    });
    expect(JSON.stringify(arrived?.headers)).not.toContain(secret);
    expect(JSON.stringify(arrived?.headers)).not.toContain(fixture.token);
  });

  test("a missing, malformed, unknown or revoked key is 401 with a reason, and never reaches the service", async () => {
    const { key, secret } = await makeKey(fixture.ctx, fixture.projectId);
    expect((await withKey(secret)).status).toBe(200);
    await revokeKey({ ctx: fixture.ctx, input: { projectId: fixture.projectId, keyId: key.id } });
    await expect.poll(async () => (await withKey(secret)).headers["x-latchkey-code"]).toBe("KEY_REVOKED");
    for (const [sent, code] of [
      [{}, "KEY_MISSING"],
      [{ "X-Api-Key": "junk" }, "KEY_MALFORMED"],
      [{ "X-Api-Key": generateToken("lk", "live") }, "KEY_NOT_FOUND"],
      [{ Authorization: `Bearer ${secret}` }, "KEY_REVOKED"],
    ] as const) {
      const answer = await call(sent);
      expect(answer).toMatchObject({ status: 401, headers: { "x-latchkey-code": code } });
      expect(answer.headers["www-authenticate"]).toContain("Bearer");
      expect(JSON.parse(answer.body)).toMatchObject({ code, requestId: expect.stringMatching(/^req_/) });
      expect(arrived).toBeNull();
    }
  });

  test("an IP address outside a key's list is denied, and X-Forwarded-For can't change that", async () => {
    // Envoy treats a caller on loopback as internal, and sends its own address.
    const ips = name === "envoy" ? ownAddresses() : ["127.0.0.1"];
    const inside = await makeKey(fixture.ctx, fixture.projectId, { restrictions: { ips } });
    const outside = await makeKey(fixture.ctx, fixture.projectId, {
      restrictions: { ips: ["198.51.100.7"] },
    });
    expect((await withKey(inside.secret, { "X-Forwarded-For": "203.0.113.9" })).status).toBe(200);
    const forged = await withKey(outside.secret, { "X-Forwarded-For": "198.51.100.7" });
    expect(forged).toMatchObject({ status: 403, headers: { "x-latchkey-code": "IP_NOT_ALLOWED" } });
    expect(arrived).toBeNull();
  });

  test("headers with our names that a client sends reach neither the gate nor the service", async () => {
    const { key, secret } = await makeKey(fixture.ctx, fixture.projectId, {
      restrictions: { apis: [{ api: "badges", operations: ["badges.list"] }] },
    });
    const forged = {
      "X-Latchkey-Key-Id": "key_forged",
      "X-Latchkey-Project-Id": "prj_forged",
      "X-Latchkey-Environment": "test",
      "X-Latchkey-External-Id": "cus_forged",
      "X-Latchkey-Scopes": "scope_forged",
      "X-Latchkey-Code": "VALID",
      "X-Latchkey-Token": "lk_svc_forged",
      // Names that WSGI, CGI and PHP treat as the same.
      ...Object.fromEntries(
        [..."!#$%&'*+.^_`|~"].flatMap((character) => [
          [`X${character}Latchkey${character}Code`, "code_forged"],
          [`X-Latchkey-Key${character}Id`, "key_forged"],
        ]),
      ),
      "X_Latchkey-Project-Id": "prj_forged",
      X_Forwarded_For: "198.51.100.7",
      "X-Original-Uri": "/badges",
      "X-Original-Method": "GET",
      "X-Forwarded-Uri": "/badges",
      "X-Forwarded-Method": "GET",
    };
    const other = await call({ "X-Api-Key": secret, ...forged }, "GET", "/elsewhere");
    expect(other).toMatchObject({ status: 403, headers: { "x-latchkey-code": "OPERATION_NOT_ALLOWED" } });
    expect((await call(forged)).status).toBe(401);
    const free = await makeKey(fixture.ctx, fixture.projectId);
    expect((await withKey(free.secret, forged)).status).toBe(200);
    expect(arrived?.headers).toMatchObject({
      "x-latchkey-key-id": free.key.id,
      "x-latchkey-environment": "live",
    });
    expect(arrived?.headers).not.toHaveProperty("x-latchkey-external-id");
    expect(arrived?.headers).not.toHaveProperty("x-latchkey-scopes");
    expect(JSON.stringify(arrived?.headers)).not.toContain("_forged");
    expect(Object.keys(arrived?.headers ?? {}).filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(key.id).not.toBe(free.key.id);
  });

  test("a request above the rate limit is 429 with Retry-After", async () => {
    const limits = { rate: { limit: 2, windowSeconds: 600 } };
    // A verifier that has just started answers keys with limits only after it has counted earlier usage: on a busy
    // machine, not within a gateway's timeout.
    const before = await makeKey(fixture.ctx, fixture.projectId, { limits });
    const counted = async () => (await withKey(before.secret)).status;
    await expect.poll(counted, { timeout: 20_000 }).toBeLessThan(500);
    const { secret } = await makeKey(fixture.ctx, fixture.projectId, { limits });
    expect((await withKey(secret)).status).toBe(200);
    expect((await withKey(secret)).status).toBe(200);
    const { status, headers } = await withKey(secret);
    expect({ status, code: headers["x-latchkey-code"] }).toEqual({ status: 429, code: "RATE_LIMITED" });
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
  });

  test("HEAD and POST are verified alike on a kept-alive connection", async () => {
    const { secret } = await makeKey(fixture.ctx, fixture.projectId);
    const first = await call({ "X-Api-Key": secret }, "HEAD");
    expect(first).toMatchObject({ status: 200, body: "" });
    const { connection } = first;
    expect(arrived?.method).toBe("HEAD");
    expect(await call({ "X-Api-Key": secret }, "POST")).toMatchObject({ status: 200, connection });
    expect(await call({}, "HEAD")).toMatchObject({ status: 401, body: "", connection });
  });

  test("with the documented patterns, an imported key passes from every place, with its scopes and external ID", async () => {
    const { ctx, projectId, verifierPort, token: serviceToken } = fixture;
    const api = (fields: object) =>
      updateApi({ ctx, input: updateApiSchema.parse({ slug: "badges", ...fields }) });
    await api({ scopes: [{ name: "badges:read" }, { name: "badges:write" }], allowKeyInUrl: true });
    // Its first use, through the gateway, is a slow comparison.
    const { token = "", hash } = hashedTokens("bcrypt", 10)[RUN_GATEWAYS.indexOf(name)] ?? {};
    const restrictions = { apis: [{ api: "badges", operations: [], scopes: ["badges:read"] }] };
    const row = { name: "old", environment: "live", hash, externalId: "cus_7", restrictions };
    const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys: [row] });
    const { results } = await importKeys({ ctx, input });
    const change = (config: string) => acceptImported(name, config);
    const imported = await startGateway(name, { verifierPort, servicePort, token: serviceToken, change });
    const ask = (query: string, headers: Record<string, string> = {}) => {
      arrived = null;
      return fetch(`http://127.0.0.1:${imported.port}/badges${query}`, { headers });
    };
    try {
      await expect.poll(async () => (await ask("", { "X-Api-Key": token })).status).toBe(200);
      const places: [string, Record<string, string>][] = [
        ["?x=1", { "X-Api-Key": token }],
        ["?x=1", { Authorization: `Bearer ${token}` }],
        // Traefik can't remove it.
        ...(name === "traefik" ? [] : ([[`?x=1&key=${token}`, {}]] as [string, Record<string, string>][])),
      ];
      for (const [query, headers] of places) {
        expect((await ask(query, headers)).status, JSON.stringify(headers)).toBe(200);
        expect(arrived?.headers).toMatchObject({
          "x-latchkey-key-id": results[0]?.keyId,
          "x-latchkey-external-id": "cus_7",
          "x-latchkey-scopes": "badges:read",
        });
        expect(JSON.stringify(arrived)).not.toContain(token);
      }
      const other = { Authorization: "Bearer token-of-the-service" };
      expect((await ask("", { "X-Api-Key": token, ...other })).status).toBe(200);
      expect(arrived?.headers.authorization).toBe(other.Authorization);
    } finally {
      await imported.end();
      await api({ scopes: [], allowKeyInUrl: false });
    }
  });

  test("with a wrong service token, nobody is allowed, and no caller is blamed", async () => {
    const { secret } = await makeKey(fixture.ctx, fixture.projectId);
    const { verifierPort } = fixture;
    const token = generateToken("lk", "svc");
    const wrong = await startGateway(name, { verifierPort, servicePort, token });
    try {
      arrived = null;
      const answer = await fetch(`http://127.0.0.1:${wrong.port}/badges`, {
        headers: { "X-Api-Key": secret },
      });
      // These pass on the verifier's status.
      expect(answer.status).toBe(["envoy", "traefik"].includes(name) ? 403 : 503);
      expect(answer.headers.get("x-latchkey-code")).toBe("SERVICE_TOKEN_INVALID");
      expect(await answer.text()).not.toContain(token);
      expect(arrived).toBeNull();
    } finally {
      await wrong.end();
    }
  });

  test("without the verifier no request passes, and after its restart requests pass as before", async () => {
    const { secret } = await makeKey(fixture.ctx, fixture.projectId);
    expect((await withKey(secret)).status).toBe(200);
    await fixture.stopVerifier();
    expect((await withKey(secret)).status).toBe(name === "traefik" ? 500 : name === "caddy" ? 502 : 503);
    expect(arrived).toBeNull();
    await fixture.startVerifier();
    await expect.poll(async () => (await withKey(secret)).status, { timeout: 5_000 }).toBe(200);
  });
});
