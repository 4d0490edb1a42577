import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { MAX_WAIT_SECONDS } from "#engine/access-tokens/revocation-list.ts";
import { MAX_CHECK_BODY_BYTES } from "#engine/check/check-input.ts";
import { startComposeNginx } from "#test/compose-nginx.ts";
import { freePort } from "#test/ports.ts";
import { VERIFIER_PATHS } from "#test/verifier-paths.ts";

test.each([
  ["deploy/caddy/Caddyfile", /response_header_timeout (\d+)s/],
  ["deploy/compose/nginx.conf", /proxy_read_timeout (\d+)s/],
])("%s does not end a request for revocations that waits", (file, timeout) => {
  expect(Number(timeout.exec(readFileSync(file, "utf8"))?.[1])).toBeGreaterThan(MAX_WAIT_SECONDS);
});

/** The status of a response; 0 if there is none. */
function statusOf(url: string, method = "GET", bytes = 0): Promise<number> {
  return new Promise((resolve) => {
    const headers = method === "POST" ? { "Content-Length": bytes } : {};
    const sent = request(url, { method, agent: false, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", () => resolve(0));
    sent.end(Buffer.alloc(bytes));
  });
}

/** A server that reads each request, answers 200, and notes what was asked. */
async function startUpstream() {
  const own = { server: createServer(), host: "", asked: [] as string[], forwarded: "" };
  own.server.on("request", (req, res) => {
    if (req.url !== "/readyz" && req.url !== "/livez") own.asked.push(req.url ?? "");
    own.forwarded = String(req.headers["x-forwarded-for"]);
    req.resume().once("end", () => res.end());
  });
  await once(own.server.listen(0, "127.0.0.1"), "listening");
  own.host = `127.0.0.1:${(own.server.address() as AddressInfo).port}`;
  return own;
}
type Upstream = Awaited<ReturnType<typeof startUpstream>>;

function stopUpstreams(upstreams: Upstream[]): void {
  for (const { server } of upstreams) {
    server.closeAllConnections();
    server.close();
  }
}

describe("Caddy", () => {
  const CADDYFILE = "deploy/caddy/Caddyfile";
  const upstreams: Upstream[] = [];
  let stop = async () => {};
  let portal = "";
  let verifier = "";

  async function upstream() {
    const own = await startUpstream();
    upstreams.push(own);
    return own.host;
  }

  beforeAll(async () => {
    [portal, verifier] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
    const folder = mkdtempSync(join(tmpdir(), "latchkey-caddy-"));
    const child = spawn("caddy", ["run", "--config", CADDYFILE, "--adapter", "caddyfile"], {
      stdio: "ignore",
      env: {
        ...process.env,
        XDG_DATA_HOME: folder,
        XDG_CONFIG_HOME: folder,
        CADDY_ADMIN: `127.0.0.1:${await freePort()}`,
        LATCHKEY_PORTAL_HOST: portal,
        LATCHKEY_VERIFIER_HOST: verifier,
        LATCHKEY_PORTALS: await upstream(),
        LATCHKEY_VERIFIERS: `${await upstream()} ${await upstream()}`,
      },
    });
    stop = async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      stopUpstreams(upstreams);
      rmSync(folder, { recursive: true, force: true });
    };
    await vi.waitUntil(async () => (await statusOf(`${portal}/`)) === 200, { timeout: 20_000 });
  });
  afterAll(() => stop());

  test("the Caddyfile is valid with its own names", () => {
    const { status, stderr } = spawnSync("caddy", ["validate", "--config", CADDYFILE], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
  });

  test("metrics and probes stay inside, and a verifier is asked only what it is for", async () => {
    for (const path of ["/metrics", "/livez", "/readyz"]) {
      expect(await statusOf(portal + path), path).toBe(404);
      expect(await statusOf(verifier + path), path).toBe(404);
    }
    expect(await statusOf(`${portal}/projects`)).toBe(200);
    expect(await statusOf(`${verifier}/api/v1/keys/verify`, "POST")).toBe(200);
    for (const path of VERIFIER_PATHS) expect(await statusOf(verifier + path), path).toBe(200);
  });

  test("a batch may be as large as a verifier reads", async () => {
    const url = `${verifier}/api/v1/keys/verify/batch`;
    expect(await statusOf(url, "POST", MAX_CHECK_BODY_BYTES.batch)).toBe(200);
    // Earlier versions of Caddy answer 502.
    expect([413, 502]).toContain(await statusOf(url, "POST", MAX_CHECK_BODY_BYTES.batch + 1));
  });

  test("without one verifier, each check goes to another", async () => {
    const [, gone, left] = upstreams;
    gone?.server.closeAllConnections();
    await new Promise((resolve) => gone?.server.close(resolve));
    // A check sent on a connection that closes at that moment is not repeated, because it may have been counted.
    await expect.poll(() => statusOf(`${verifier}/api/v1/keys/verify`, "POST")).toBe(200);
    const before = left?.asked.length ?? 0;
    for (let i = 0; i < 10; i++) expect(await statusOf(`${verifier}/api/v1/keys/verify`, "POST")).toBe(200);
    expect(left?.asked.length).toBe(before + 10);
  });
});

describe("nginx of compose.yaml", () => {
  const upstreams: Upstream[] = [];
  let verifier = "";
  let stop = async () => {};

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-nginx-"));
    upstreams.push(await startUpstream(), await startUpstream());
    const { child, port } = await startComposeNginx(
      folder,
      upstreams.map(({ host }) => host),
    );
    verifier = `http://127.0.0.1:${port}`;
    stop = async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      stopUpstreams(upstreams);
      rmSync(folder, { recursive: true, force: true });
    };
    await vi.waitUntil(async () => (await statusOf(`${verifier}/livez`)) === 200, { timeout: 20_000 });
  });
  afterAll(() => stop());

  test("passes on what clients ask verifiers for, with the client's IP address, and nothing else", async () => {
    for (const path of VERIFIER_PATHS) expect(await statusOf(verifier + path), path).toBe(200);
    expect(upstreams.map(({ forwarded }) => forwarded)).toContain("127.0.0.1");
    for (const path of ["/metrics", "/projects", "/api/v2/keys", "/oauth"])
      expect(await statusOf(verifier + path), path).toBe(404);
    const url = `${verifier}/api/v1/keys/verify/batch`;
    expect(await statusOf(url, "POST", MAX_CHECK_BODY_BYTES.batch)).toBe(200);
  });
});
