import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import type { KeyWithSecret } from "#domain/keys/schema.ts";
import { suspendProject } from "#domain/projects/suspend.ts";
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
import { TEST_SCOPE } from "#test/scope.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";
import { countedChecks } from "../usage.ts";

/** These tests start and kill many processes. */
const TIMEOUT_MS = 120_000;

let db: Db;
let ctx: Ctx;
let dataDir: string;
let env: Record<string, string>;
let projectId: string;
let created: KeyWithSecret;
let service: string;
const running: VerifierProcess[] = [];

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-verifier-"));
  env = { DATABASE_URL: url, LATCHKEY_DATA_DIR: dataDir };
  const admin = await makeAdmin(db);
  ctx = { ...ctxOf(db, admin), now: Date.now };
  projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  created = await makeKey(ctx, projectId);
  service = (await makeServiceToken(db)).token;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((verifier) => verifier.stop("SIGKILL")));
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<VerifierProcess> {
  const verifier = await startVerifier({ ...env, ...more });
  running.push(verifier);
  return verifier;
}

function ask(verifier: VerifierProcess, fields: Record<string, unknown> = {}): Promise<Response> {
  return fetch(`${verifier.url}/api/v1/keys/verify`, {
    method: "POST",
    headers: { Authorization: `Bearer ${service}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key: created.secret, api: "badges", ...fields }),
  });
}

const codeOf = async (verifier: VerifierProcess) => (await (await ask(verifier)).json()).code;

const countedByDay = () => countedChecks(db, { keyId: [created.key.id] });

/** Sends checks over several connections until the verifier stops answering. Resolves with the number of responses. */
async function load(
  verifier: VerifierProcess,
  connections: number,
  onAnswer: (total: number) => void,
): Promise<number> {
  let answers = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (;;) {
        const answered = await ask(verifier).then(
          async (response) => response.ok && (await response.json()).valid === true,
          () => false,
        );
        if (!answered) return;
        onAnswer(++answers);
      }
    }),
  );
  return answers;
}

test("every verifier applies a revocation or suspension within a second of its response", {
  timeout: TIMEOUT_MS,
}, async () => {
  const verifiers = [await start(), await start()];
  for (const verifier of verifiers) expect(await codeOf(verifier)).toBe("VALID");
  await suspendProject({ ctx, input: { projectId } });
  await within(1_000, async () => {
    for (const verifier of verifiers) expect(await codeOf(verifier)).toBe("PROJECT_SUSPENDED");
  });
  await revokeKey({ ctx, input: { projectId, keyId: created.key.id } });
  await within(1_000, async () => {
    for (const verifier of verifiers) expect(await codeOf(verifier)).toBe("KEY_REVOKED");
  });
});

test("a verifier that is killed repeatedly under load counts every response it sent exactly once", {
  timeout: TIMEOUT_MS,
}, async () => {
  let answered = 0;
  const connections = 8;
  const kills = TEST_SCOPE === "short" ? 3 : 10;
  for (let round = 0; round < kills; round++) {
    const verifier = await start();
    const dieAfter = 20 + Math.floor(Math.random() * 200);
    answered += await load(verifier, connections, (total) => {
      if (total === dieAfter) verifier.child.kill("SIGKILL");
    });
  }
  const last = await start();
  await last.stop();
  const counted = await countedByDay();
  expect(counted).toBeGreaterThanOrEqual(answered);
  // Journaled, but killed before the response was sent: at most one per connection and kill.
  expect(counted).toBeLessThanOrEqual(answered + kills * connections);
});

test("a verifier stopped under load counts every response exactly once", {
  timeout: TIMEOUT_MS,
}, async () => {
  const verifier = await start();
  let ending: Promise<void> | undefined;
  const answered = await load(verifier, 8, (total) => {
    if (total === 300) ending = verifier.stop();
  });
  await ending;
  expect(await countedByDay()).toBe(answered);
});

test("an invalid setting prevents the start and is named", { timeout: TIMEOUT_MS }, async () => {
  await expect(start({ LATCHKEY_STALE_MAX_SECONDS: "soon" })).rejects.toThrow(/LATCHKEY_STALE_MAX_SECONDS:/);
});

/** Retries until `holds` resolves. Fails after `ms`. */
async function within(ms: number, holds: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + ms;
  for (;;) {
    const startedAt = performance.now();
    try {
      return await holds();
    } catch (error) {
      if (startedAt > deadline) throw error;
    }
  }
}

test("a verifier that is stopped first reports 503 at /readyz and continues to answer for the drain delay", async () => {
  const verifier = await start({ LATCHKEY_LINGER_SECONDS: "3" });
  const readiness = async () => (await fetch(`${verifier.url}/readyz`)).status;
  expect(await readiness()).toBe(200);
  const ended = verifier.stop("SIGTERM");
  await expect.poll(readiness).toBe(503);
  // On new connections too: a load balancer opens them until its next health check.
  for (let i = 0; i < 10; i++) expect(await codeOf(verifier)).toBe("VALID");
  expect(await readiness()).toBe(503);
  expect(verifier.child.exitCode).toBeNull();
  await ended;
  expect(verifier.child.exitCode).toBe(0);
  await expect(ask(verifier)).rejects.toThrow();
  expect(await countedByDay()).toBe(10);
});

test(
  "a verifier accepts keys and tokens with a former prefix, and does not start without it",
  async () => {
    await expect(start({ LATCHKEY_KEY_PREFIX: "acme" })).rejects.toThrow(
      /LATCHKEY_KEY_PREFIX: is acme, but tokens in use start with lk_/,
    );
    const verifier = await start({ LATCHKEY_KEY_PREFIX: "acme", LATCHKEY_FORMER_KEY_PREFIXES: "lk" });
    expect(await (await ask(verifier)).json()).toMatchObject({ code: "VALID" });
    const renamed = await makeKey({ ...ctx, settings: { ...ctx.settings, keyPrefix: "acme" } }, projectId);
    expect(renamed.secret).toMatch(/^acme_live_/);
    expect(await (await ask(verifier, { key: renamed.secret })).json()).toMatchObject({ code: "VALID" });
    const foreign = renamed.secret.replace("acme", "other");
    expect(await (await ask(verifier, { key: foreign })).json()).toMatchObject({ code: "KEY_MALFORMED" });
  },
  TIMEOUT_MS,
);
