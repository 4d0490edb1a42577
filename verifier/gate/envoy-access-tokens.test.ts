import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { type GatewayProcess, startGateway } from "#test/gateway-process.ts";
import { startService, type TestService } from "#test/gateway-service.ts";
import { enableFor, makeApi, makeKey } from "#test/people.ts";

const [, filter = ""] =
  /```yaml\n(- name: envoy\.filters\.http\.jwt_authn\n.*?)```/s.exec(
    readFileSync("docs/integrate/access-tokens.md", "utf8"),
  ) ?? [];
const INDENT = " ".repeat(18);
/** The documented filter instead of the gate. */
const withTokens = (config: string) =>
  config.replace(
    /- name: envoy\.filters\.http\.ext_authz\n.*?(?=# The service never sees the key)/s,
    () => `${filter.trimEnd().replaceAll("\n", `\n${INDENT}`)}\n${INDENT}`,
  );

let fixture: GatewayFixture;
let service: TestService;
let gateway: GatewayProcess;
let key: { id: string; secret: string };
beforeAll(async () => {
  fixture = await createGatewayFixture();
  await makeApi(fixture.db, "streams");
  await enableFor(fixture.db, fixture.projectId, "streams");
  const created = await makeKey(fixture.ctx, fixture.projectId);
  key = { id: created.key.id, secret: created.secret };
  service = await startService();
  const { verifierPort, token } = fixture;
  const options = { verifierPort, servicePort: service.port, token, change: withTokens };
  gateway = await startGateway("envoy", options);
});
afterAll(async () => {
  await gateway?.end();
  await service?.end();
  await fixture?.stop();
});

async function tokenFor(api: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${fixture.verifierPort}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: key.id,
      client_secret: key.secret,
      resource: api,
    }),
  });
  expect(response.status).toBe(200);
  return (await response.json()).access_token;
}

const call = (headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${gateway.port}/badges`, { headers });

test("Envoy's own filter accepts a token of the API by the published keys, and nothing else", async () => {
  const token = await tokenFor("badges");
  const forged = { "X-Latchkey-Key-Id": "key_forged", "X-Latchkey-Scopes": "all" };
  const passed = await call({ Authorization: `Bearer ${token}`, ...forged });
  expect(passed.status).toBe(200);
  const [arrived] = service.arrived.splice(0);
  expect(arrived?.headers).toMatchObject({
    "x-latchkey-key-id": key.id,
    "x-latchkey-project-id": fixture.projectId,
    "x-latchkey-environment": "live",
  });
  expect(arrived?.headers).not.toHaveProperty("x-latchkey-scopes");
  expect(JSON.stringify(arrived?.headers)).not.toContain(token);
  const [header, payload, signature = ""] = token.split(".");
  for (const [authorization, status] of [
    [`Bearer ${await tokenFor("streams")}`, 403],
    [`Bearer ${header}.${payload}.${signature.split("").reverse().join("")}`, 401],
    [`Bearer ${header}.${payload}.`, 401],
    [`Bearer ${key.secret}`, 401],
    ["", 401],
  ] as const)
    expect((await call({ Authorization: authorization, ...forged })).status, authorization).toBe(status);
  expect(service.arrived).toEqual([]);
});
