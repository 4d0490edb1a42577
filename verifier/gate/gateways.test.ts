import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { Agent, createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { recordChange } from "#db/changes.ts";
import { type Db, openDb } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { makeTestDatabase } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { freePort } from "#test/ports.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";

/** How a gateway is started on a configuration of docs/gateways. */
interface Started {
  file: string;
  command: (config: string, dir: string) => [program: string, args: string[]];
  wrap?: (config: string, dir: string) => string;
}

const STARTED: Record<string, Started> = {
  nginx: {
    file: "nginx.conf",
    command: (config, dir) => ["nginx", ["-p", dir, "-c", config, "-e", "stderr", "-g", "daemon off;"]],
    wrap: (config, dir) => `worker_processes 1; pid ${dir}/nginx.pid; events {}
      http { access_log off; error_log stderr crit;
        ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${dir}/${name};`).join("\n")}
        ${config} }`,
  },
  caddy: {
    file: "Caddyfile",
    command: (config) => ["caddy", ["run", "--config", config, "--adapter", "caddyfile"]],
    wrap: (config) => `{\n admin off\n auto_https off\n}\n${config}`,
  },
  haproxy: {
    file: "haproxy.cfg",
    command: (config) => ["haproxy", ["-db", "-f", config]],
    wrap: (config) => config.replace("docs/gateways/haproxy.lua", resolve("docs/gateways/haproxy.lua")),
  },
};

let db: Db;
let databaseUrl: string;
let ctx: Ctx;
let projectId: string;
let token: string;
let dataDir: string;
let verifier: VerifierProcess;
let verifierPort: number;
let service: Server;
/** What reached the service last. */
let arrived: { headers: IncomingHttpHeaders; method: string } | null = null;

beforeAll(async () => {
  databaseUrl = await makeTestDatabase();
  db = await openDb(databaseUrl);
  const admin = await makeAdmin(db);
  ctx = ctxOf(db, admin);
  projectId = await makeProject(db, admin);
  const badges = await makeApi(db, "badges", { operations: ["badges.list"] });
  await enableFor(db, projectId, "badges");
  token = (await makeServiceToken(db, badges)).token;
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-gate-"));
  verifierPort = await freePort();
  verifier = await startOnPort();
  service = createServer((req, res) => {
    arrived = { headers: req.headers, method: req.method ?? "" };
    res.end("served");
  });
  service.listen(0, "127.0.0.1");
  await once(service, "listening");
});
afterAll(async () => {
  service.close();
  await verifier.end();
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

const startOnPort = () =>
  startVerifier({
    DATABASE_URL: databaseUrl,
    LATCHKEY_DATA_DIR: dataDir,
    VERIFIER_PORT: String(verifierPort),
  });

describe("the gate itself", () => {
  const ask = (path: string, headers: Record<string, string>, method = "GET") =>
    fetch(`http://127.0.0.1:${verifierPort}/api/v1/gate/${path}`, {
      method,
      headers: { "X-Latchkey-Token": token, ...headers },
    });

  test("takes what Traefik and Envoy send, and keys in URLs only where the API allows them", async () => {
    const { key, secret } = await makeKey(ctx, projectId);
    const forwarded = { "X-Forwarded-Method": "GET", "X-Forwarded-Uri": `/badges?key=${secret}` };
    expect((await ask("traefik/badges", { ...forwarded, "X-Api-Key": secret })).status).toBe(200);
    expect((await ask("envoy/badges/v1/badges", { "X-Api-Key": secret }, "DELETE")).status).toBe(200);
    const inUrl = await ask("traefik/badges", forwarded);
    expect([inUrl.status, inUrl.headers.get("x-latchkey-code")]).toEqual([401, "KEY_MISSING"]);
    await db.write((tx) => tx.q.update(tx.t.apis).set({ allowKeyInUrl: true }));
    await db.write((tx) => recordChange(tx, { kind: "api", subject: "any" }, Date.now()));
    const keyId = async () => (await ask("traefik/badges", forwarded)).headers.get("x-latchkey-key-id");
    await expect.poll(keyId, { timeout: 5_000 }).toBe(key.id);
  });

  test.each([
    ["nginx/badges", { "X-Latchkey-Token": "" }, "SERVICE_TOKEN_INVALID"],
    ["nginx/badges", { "X-Latchkey-Token": "lk_svc_nobodys" }, "SERVICE_TOKEN_INVALID"],
    ["nginx/streams", {}, "SERVICE_TOKEN_INVALID"],
    ["apache/badges", {}, "GATE_MISCONFIGURED"],
    ["caddy/badges", {}, "GATE_MISCONFIGURED"],
    ["nginx", {}, "GATE_MISCONFIGURED"],
  ])("%s with %j is 403 %s: nobody's fault but the configuration's", async (path, headers, code) => {
    const original = { "X-Original-Method": "GET", "X-Original-Uri": "/" };
    const answer = await ask(path, { ...original, ...headers });
    expect([answer.status, answer.headers.get("x-latchkey-code")]).toEqual([403, code]);
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  });

  test("says of long texts what a check says", async () => {
    const apis = [{ api: "badges", operations: ["badges.list"] }];
    const { secret } = await makeKey(ctx, projectId, { restrictions: { apis } });
    const path = `/${"a".repeat(4_000)}`;
    const original = { "X-Original-Method": "GET", "X-Original-Uri": path, "X-Api-Key": secret };
    const byGate = await (
      await ask("nginx/badges", { ...original, Referer: `https://example.com${path}` })
    ).json();
    const checked = await fetch(`http://127.0.0.1:${verifierPort}/api/v1/keys/verify`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ key: secret, method: "GET", path, referrer: `https://example.com${path}` }),
    });
    const { requestId: _, ...byCheck } = await checked.json();
    expect(byGate).toMatchObject({ ...byCheck, code: "OPERATION_NOT_ALLOWED" });
  });

  test("what found no key is counted as any other answer", async () => {
    const original = { "X-Original-Method": "GET", "X-Original-Uri": "/" };
    expect((await ask("nginx/badges", original)).status).toBe(401);
    const counted = async () => {
      const { usage } = db.read.t;
      return (await db.read.q.select().from(usage)).filter(({ code }) => code === "KEY_MISSING").length;
    };
    await expect.poll(counted, { timeout: 10_000 }).toBeGreaterThan(0);
  });
});

describe.each(Object.keys(STARTED))("%s, as docs/gateways has it", (name) => {
  let dir: string;
  let port: number;
  let gateway: ChildProcess;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  beforeAll(async () => {
    const { file, command, wrap = (config: string) => config } = STARTED[name] as Started;
    dir = await mkdtemp(join(tmpdir(), `latchkey-${name}-`));
    port = await freePort();
    const upstream = (service.address() as AddressInfo).port;
    const documented = (await readFile(join("docs/gateways", file), "utf8"))
      .replaceAll("127.0.0.1:8080", `127.0.0.1:${port}`)
      .replaceAll("127.0.0.1:8000", `127.0.0.1:${upstream}`)
      .replaceAll("127.0.0.1:3001", `127.0.0.1:${verifierPort}`)
      .replaceAll("lk_svc_REPLACE_ME", token);
    const config = join(dir, file);
    await writeFile(config, wrap(documented, dir));
    const [program, args] = command(config, dir);
    let output = "";
    gateway = spawn(program, args, { env: { ...process.env, HOME: dir }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [gateway.stdout, gateway.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    gateway.on("error", (error) => {
      output += error.message;
    });
    await vi.waitFor(
      async () => {
        if ((await call()).status !== 401) throw new Error(`it does not ask the gate: ${output}`);
      },
      { timeout: 10_000 },
    );
  });
  afterAll(async () => {
    agent.destroy();
    const ended = once(gateway, "exit");
    gateway.kill("SIGTERM");
    await ended;
    await rm(dir, { recursive: true, force: true });
  });

  interface Answer {
    status: number;
    headers: IncomingHttpHeaders;
    body: string;
  }

  function call(headers: Record<string, string> = {}, method = "GET", path = "/badges?x=1"): Promise<Answer> {
    arrived = null;
    return new Promise((done, failed) => {
      const asked = request({ port, host: "127.0.0.1", path, method, headers, agent }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          body += chunk;
        });
        response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      asked.on("error", failed).end();
    });
  }
  const withKey = (key: string, more: Record<string, string> = {}) => call({ "X-Api-Key": key, ...more });

  test("a valid key passes, the service learns whose it is, and never the key", async () => {
    const { key, secret } = await makeKey(ctx, projectId);
    expect(await withKey(secret)).toMatchObject({ status: 200, body: "served" });
    expect(arrived?.headers).toMatchObject({
      "x-latchkey-code": "VALID",
      "x-latchkey-key-id": key.id,
      "x-latchkey-project-id": projectId,
      "x-latchkey-environment": "live",
    });
    expect(JSON.stringify(arrived?.headers)).not.toContain(secret);
    expect(JSON.stringify(arrived?.headers)).not.toContain(token);
  });

  test("no key, junk, nobody's and a revoked key are 401 with a reason, and never reach the service", async () => {
    const { key, secret } = await makeKey(ctx, projectId);
    expect((await withKey(secret)).status).toBe(200);
    await revokeKey({ ctx, input: { projectId, keyId: key.id } });
    await expect.poll(async () => (await withKey(secret)).headers["x-latchkey-code"]).toBe("KEY_REVOKED");
    for (const [sent, code] of [
      [{}, "KEY_MISSING"],
      [{ "X-Api-Key": "junk" }, "KEY_MALFORMED"],
      [{ Authorization: `Bearer ${secret}` }, "KEY_REVOKED"],
    ] as const) {
      const answer = await call(sent);
      expect(answer).toMatchObject({ status: 401, headers: { "x-latchkey-code": code } });
      expect(answer.headers["www-authenticate"]).toContain("Bearer");
      expect(JSON.parse(answer.body)).toMatchObject({ code, requestId: expect.stringMatching(/^req_/) });
      expect(arrived).toBeNull();
    }
  });

  test("an address outside a key's list is refused, and X-Forwarded-For can't talk it round", async () => {
    const inside = await makeKey(ctx, projectId, { restrictions: { ips: ["127.0.0.1"] } });
    const outside = await makeKey(ctx, projectId, { restrictions: { ips: ["198.51.100.7"] } });
    expect((await withKey(inside.secret, { "X-Forwarded-For": "203.0.113.9" })).status).toBe(200);
    const forged = await withKey(outside.secret, { "X-Forwarded-For": "198.51.100.7" });
    expect(forged).toMatchObject({ status: 403, headers: { "x-latchkey-code": "IP_NOT_ALLOWED" } });
    expect(arrived).toBeNull();
  });

  test("what a client sends under our names gets nowhere: neither to the gate nor to the service", async () => {
    const { key, secret } = await makeKey(ctx, projectId, {
      restrictions: { apis: [{ api: "badges", operations: ["badges.list"] }] },
    });
    const forged = {
      "X-Latchkey-Key-Id": "key_forged",
      "X-Latchkey-Project-Id": "prj_forged",
      "X-Latchkey-Environment": "test",
      "X-Latchkey-Code": "VALID",
      "X-Latchkey-Token": "lk_svc_forged",
      "X-Original-Uri": "/badges",
      "X-Original-Method": "GET",
      "X-Forwarded-Uri": "/badges",
      "X-Forwarded-Method": "GET",
    };
    const other = await call({ "X-Api-Key": secret, ...forged }, "GET", "/elsewhere");
    expect(other).toMatchObject({ status: 403, headers: { "x-latchkey-code": "OPERATION_NOT_ALLOWED" } });
    expect((await call(forged)).status).toBe(401);
    const free = await makeKey(ctx, projectId);
    expect((await withKey(free.secret, forged)).status).toBe(200);
    expect(arrived?.headers).toMatchObject({
      "x-latchkey-key-id": free.key.id,
      "x-latchkey-environment": "live",
    });
    expect(JSON.stringify(arrived?.headers)).not.toContain("_forged");
    expect(key.id).not.toBe(free.key.id);
  });

  test("over a rate is 429, with when to come again", async () => {
    const { secret } = await makeKey(ctx, projectId, { limits: { rate: { limit: 2, windowSeconds: 600 } } });
    expect((await withKey(secret)).status).toBe(200);
    expect((await withKey(secret)).status).toBe(200);
    const { status, headers } = await withKey(secret);
    expect({ status, code: headers["x-latchkey-code"] }).toEqual({ status: 429, code: "RATE_LIMITED" });
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect(headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
  });

  test("HEAD and POST are judged alike, on a connection that is kept", async () => {
    const { secret } = await makeKey(ctx, projectId);
    expect(await call({ "X-Api-Key": secret }, "HEAD")).toMatchObject({ status: 200, body: "" });
    expect(arrived?.method).toBe("HEAD");
    expect(await call({}, "HEAD")).toMatchObject({ status: 401, body: "" });
    expect((await call({ "X-Api-Key": secret }, "POST")).status).toBe(200);
  });

  test("with the verifier away nobody passes, and after its restart everybody does as before", async () => {
    const { secret } = await makeKey(ctx, projectId);
    expect((await withKey(secret)).status).toBe(200);
    await verifier.end();
    expect((await withKey(secret)).status).toBeGreaterThanOrEqual(502);
    expect(arrived).toBeNull();
    verifier = await startOnPort();
    await expect.poll(async () => (await withKey(secret)).status, { timeout: 5_000 }).toBe(200);
  });
});
