import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { desc, eq } from "drizzle-orm";
import fc from "fast-check";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb } from "#db/open.ts";
import { createSession } from "#domain/access/accounts/sessions.ts";
import { API_ROUTES } from "#server/api/routes/index.ts";
import { sessionCookie } from "#server/session-cookies.ts";
import { makeManagementToken } from "#test/api.ts";
import { makeTestDatabase } from "#test/db.ts";
import { TEST_SETTINGS } from "#test/people.ts";
import { startPortal } from "#test/portal-process.ts";
import { freePort } from "#test/ports.ts";
import { createProjectFixture } from "../project-fixture.ts";
import type { ServerProcess } from "../server-process.ts";
import { openStalledConnections, unanswered } from "../stalled-connections.ts";
import { brokenRequest } from "./framing.ts";
import { actionRequest, apiRequest, pageRequest, type RealPortal } from "./portal-requests.ts";
import { fuzzParameters, RUNS, testTimeoutMs } from "./settings.ts";
import { type Received, sendBytes } from "./wire.ts";

/** Concurrent requests: a page takes longer than a check. */
const AT_ONCE = 10;
/** Each sends `AT_ONCE` inputs. */
const PORTAL_RUNS = Math.ceil((3 * RUNS) / AT_ONCE);
const MAX_RESPONSE_MS = 20_000;
/** Next caches rendered and compiled code up to its own bounds; a leak exceeds them. */
const MAX_GROWTH_KB = 400 * 1_024;
const AUTH_SECRET = "only-for-tests-only-for-tests-0123456789";
/** They would end the session that the other requests use. */
const ENDING = /sign-?out|session|password|account|disable|revoke|remove|leave/i;

let portal: ServerProcess;
let dataDir: string;
let databaseUrl: string;
let real: RealPortal;

beforeAll(async () => {
  databaseUrl = await makeTestDatabase();
  const db = await openDb(databaseUrl, { poolSize: 2 });
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-hostile-portal-"));
  // From a file: pages must start with secrets from files too.
  const secretFile = join(dataDir, "secret");
  await writeFile(secretFile, `${AUTH_SECRET}\n`);
  const { projectId, people } = await createProjectFixture(db);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sessions = await Promise.all(
    [people.owner, people.admin, people.viewer].map(({ userId }) =>
      db.write((tx) =>
        createSession(
          tx,
          userId,
          { address: "127.0.0.1", userAgent: "test" },
          Date.now(),
          TEST_SETTINGS.sessions,
        ),
      ),
    ),
  );
  const cookies = await Promise.all(
    sessions.map(
      async (sid) => `${sessionCookie(url).name}=${await encode({ token: { sid }, secret: AUTH_SECRET })}`,
    ),
  );
  const managementTokens = [
    await makeManagementToken(db, people.owner.userId),
    await makeManagementToken(db, people.admin.userId),
  ];
  await db.close();
  portal = await startPortal({
    DATABASE_URL: databaseUrl,
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_URL: url,
    PORT: String(port),
    AUTH_SECRET_FILE: secretFile,
    LATCHKEY_API_CALLS_PER_MINUTE: "1000000",
    LATCHKEY_ANONYMOUS_CALLS_PER_MINUTE: "1000000",
  });
  const apiRoutes = API_ROUTES.filter(({ method, path }) => method !== "DELETE" && !path.endsWith("/export"));
  real = { url, projectId, cookies, managementTokens, actionIds: actionIds(), apiRoutes };
  // Memory that the first requests allocate is not growth.
  for (const requests of [pageRequest(real), actionRequest(real), apiRequest(real)]) {
    for (const bytes of fc.sample(requests, RUNS))
      await sendBytes(portal.url, bytes, { timeoutMs: MAX_RESPONSE_MS });
  }
}, 600_000);
afterAll(async () => {
  await portal.stop("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

/** The names of all server actions by id. */
function actionNames(): [id: string, name: string][] {
  const folder = process.env.LATCHKEY_DIST_DIR || ".next";
  const { node } = JSON.parse(readFileSync(join(folder, "server/server-reference-manifest.json"), "utf8"));
  return Object.entries(node as Record<string, { exportedName?: string }>).map(
    ([id, { exportedName = "" }]) => [id, exportedName],
  );
}

function actionIds(): string[] {
  return actionNames().flatMap(([id, name]) => (ENDING.test(name) ? [] : [id]));
}

const residentKb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${portal.child.pid}/status`, "utf8"))?.[1]);

/** The number of open sockets of the process. */
function openSockets(): number {
  const folder = `/proc/${portal.child.pid}/fd`;
  const links = readdirSync(folder).map((name) => {
    try {
      return readlinkSync(join(folder, name));
    } catch {
      // Closed meanwhile.
      return "";
    }
  });
  return links.filter((link) => link.startsWith("socket:")).length;
}

/** Why this is not a valid response, or null. `orNone`: a closed connection is fine too. */
function problemIn({ status, text, tookMs, hung }: Received, orNone: boolean): string | null {
  if (hung) return "the connection was left open";
  if (tookMs > MAX_RESPONSE_MS) return `it took ${tookMs} ms`;
  const response = text.replace(/^(HTTP\/1\.1 100 [^\r]*\r\n\r\n)+/, "");
  if (status === null || response === "") return orNone && response === "" ? null : "no response";
  if (status < 200 || status >= 500) return "neither 2xx nor 3xx nor 4xx";
  const [head = ""] = response.split("\r\n\r\n");
  if (!/\r\nx-content-type-options: nosniff(\r\n|$)/i.test(head)) return "without nosniff";
  const targets = [...head.matchAll(/\r\n(?:location: *|refresh:[^\r]*?url=)([^\r]*)/gi)].map(
    ([, to = ""]) => to,
  );
  return targets.every((to) => URL.parse(to, real.url)?.origin === real.url)
    ? null
    : "it redirects to a host that the caller named";
}

async function expectRobust(requests: fc.Arbitrary<Buffer>, orNone = false): Promise<void> {
  const [memory, sockets] = [residentKb(), openSockets()];
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (many) => {
      const options = { timeoutMs: 2 * MAX_RESPONSE_MS, thenEnd: orNone };
      const received = await Promise.all(many.map((bytes) => sendBytes(portal.url, bytes, options)));
      for (const [at, one] of received.entries()) {
        const problem = problemIn(one, orNone);
        if (problem === null) continue;
        throw new Error([problem, many[at]?.toString("latin1"), one.text.slice(0, 2_000)].join("\n---\n"));
      }
    }),
    fuzzParameters(PORTAL_RUNS),
  );
  expect((await fetch(`${portal.url}/readyz`, { headers: { Connection: "close" } })).status).toBe(200);
  await expect.poll(openSockets, { timeout: 20_000 }).toBeLessThanOrEqual(sockets + 5);
  expect(residentKb() - memory).toBeLessThan(MAX_GROWTH_KB);
}

const options = { timeout: 2 * testTimeoutMs(AT_ONCE * PORTAL_RUNS) };

test("every request for a page gets a page, a redirect within the portal or an error", options, () =>
  expectRobust(pageRequest(real)),
);

test("every request for a server action gets its result or an error", options, () =>
  expectRobust(actionRequest(real)),
);

test("every request to the API and to sign-in gets a result or an error", options, () =>
  expectRobust(apiRequest(real)),
);

test.each(["%00", "%0d%0a", "%E2%82%AC"])(
  "a sign-in error that fits in no header (%s) is rejected",
  async (error) => {
    const response = await fetch(`${portal.url}/api/auth/error?error=a${error}b`);
    expect(response.status).toBe(400);
  },
);

test("input that is not HTTP gets an error or a closed connection", options, () =>
  expectRobust(brokenRequest(fc.oneof(pageRequest(real), actionRequest(real), apiRequest(real))), true),
);

test("thousands of stalled connections are closed while the portal continues to answer", {
  timeout: 120_000,
}, async () => {
  const before = openSockets();
  const halfDead = await openStalledConnections(Number(new URL(portal.url).port), 200);
  for (let n = 0; n < 20; n++) {
    const response = await fetch(`${portal.url}/sign-in`, { headers: { Connection: "close" } });
    expect(response.status).toBe(200);
    await response.text();
  }
  await expect.poll(() => unanswered(halfDead), { timeout: 20_000 }).toEqual([]);
  // These outlast the test: after a response, a client may keep the connection or send a body for a minute.
  const slowKinds = /silent|WebSocket|h2c|slow (chunked )?body/;
  for (const { kind, socket } of halfDead) if (slowKinds.test(kind.name)) socket.destroy();
  await expect.poll(openSockets, { timeout: 60_000 }).toBeLessThanOrEqual(before + 5);
  for (const { socket } of halfDead) socket.destroy();
});

// Only Linux can send from every address of this network.
if (process.platform === "linux") {
  test("an action that is called through another page acts from the client's IP address, not from the server's own", async () => {
    const [id = ""] = actionNames().find(([, name]) => name === "createProject") ?? [];
    for (const [path, from] of [
      ["/.well-known/none", "127.0.0.66"],
      ["/projects", "127.0.0.67"],
    ] as const) {
      const headers = {
        "Next-Action": id,
        "Content-Type": "text/plain;charset=UTF-8",
        Origin: portal.url,
        Cookie: real.cookies[2] ?? "",
      };
      const call = httpRequest(portal.url + path, { method: "POST", headers, localAddress: from });
      call.end(JSON.stringify([{ name: `From ${from}` }, `an-attempt-from-${from.replaceAll(".", "-")}`]));
      const [response] = (await once(call, "response")) as [IncomingMessage];
      await text(response);
      const db = await openDb(databaseUrl, { poolSize: 1 });
      const { audit } = db.read.t;
      const created = eq(audit.action, "project.created");
      const [row] = await db.read.q.select().from(audit).where(created).orderBy(desc(audit.seq));
      await db.close();
      expect([row?.subjectName, row?.address], path).toEqual([`From ${from}`, from]);
    }
  });
}

test("no malformed request leaves a stack trace in the log", () => {
  const stacks = portal
    .output()
    .split("\n")
    .filter((line) => /^\s+at |"stack"/.test(line));
  expect(stacks.slice(0, 5)).toEqual([]);
});
