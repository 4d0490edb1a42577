import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Client } from "#core/client.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { updateKeySchema } from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import { Engine } from "#engine/engine.ts";
import { Journal } from "#engine/journal/journal.ts";
import type { Limiter } from "#engine/limits/limiter.ts";
import { MemoryLimiter } from "#engine/limits/memory.ts";
import { usageBackfill } from "#engine/limits/usage-backfill.ts";
import { clearProcessSingleton, processSingleton } from "#platform/process-singleton.ts";
import { requests, SCOPES, writtenRestrictions } from "#test/arbitraries.ts";
import { checkOf } from "#test/checks.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeApi,
  makeClock,
  makeKey,
  makeMember,
  makeProject,
  makeUser,
} from "#test/people.ts";
import { readerUrlOf } from "#test/reused-databases.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { simulate, simulateNewKey, simulateNewKeySchema, simulateSchema } from "./simulate.ts";

let db: Db;
let ctx: Ctx;
let dir: string;
let engine: Engine;
let projectId: string;
let keyId: string;
let secret: string;
beforeEach(async () => {
  db = await openTestDb();
  const clock = makeClock();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  projectId = await makeProject(db, owner);
  for (const slug of ["badges", "offers"]) {
    await makeApi(db, slug, { operations: ["badges.sync", "badges.list", "offers.list"], scopes: SCOPES });
    await enableFor(db, projectId, slug);
  }
  ({
    secret,
    key: { id: keyId },
  } = await makeKey(ctx, projectId));
  dir = await mkdtemp(join(tmpdir(), "latchkey-simulate-"));
  engine = engineWith(new MemoryLimiter({ backfill: usageBackfill(db), clock: () => 0 }));
  await engine.start();
  processSingleton("engine", async () => engine);
});
afterEach(async () => {
  clearProcessSingleton("engine");
  await engine.stop();
  await rm(dir, { recursive: true, force: true });
});

function engineWith(limiter: Limiter): Engine {
  const settings = { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: 100, cacheBytes: 64 * 1_048_576 };
  return new Engine({
    db,
    listenUrl: readerUrlOf(db),
    settings,
    limiter,
    journal: new Journal(dir),
    now: ctx.now,
    clock: () => 0,
  });
}

/** A client as the fields of a check: what is not there is left out. */
const fieldsOf = (client: Client) =>
  Object.fromEntries(Object.entries(client).filter(([, value]) => value !== null));

const ask = (fields: object) =>
  simulate({ ctx, input: simulateSchema.parse({ projectId, keyId, ...fields }) });

const askNew = (fields: object, by = ctx) =>
  simulateNewKey({ ctx: by, input: simulateNewKeySchema.parse({ projectId, ...fields }) });

test("a draft gets the verdict that requests get once it is saved, and so do saved restrictions", async () => {
  await fc.assert(
    fc.asyncProperty(writtenRestrictions, requests, async (restrictions: Restrictions, request) => {
      const { api, operation } = request;
      const [requiredScopes] = request.requiredScopes ?? [];
      const fields = { api, requiredScopes, ...(operation && { operation }), ...fieldsOf(request.client) };
      const { rules, requestId: _, ...drafted } = await ask({ ...fields, restrictions });
      await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, restrictions }) });
      engine.factStore.forgetAll();
      const facts = await engine.apiOf(api);
      if (!facts) throw new Error("no such API");
      const { verdict } = await engine.evaluate(checkOf(engine, facts, { key: secret, ...fields }));
      const { requestId: __, ...checked } = verdict;
      expect(drafted).toEqual(checked);
      const saved = await ask(fields);
      expect(saved.rules).toEqual(rules);
      expect(rules.find(({ outcome }) => outcome === "refused")?.code).toBe(
        verdict.valid ? undefined : verdict.code,
      );
    }),
    { numRuns: 40 },
  );
});

test("nothing is counted, consumed or stored", async () => {
  const before = await dump(db);
  await ask({ api: "badges", clientIp: "198.51.100.7", restrictions: { ips: ["203.0.113.9"] } });
  expect(await dump(db)).toBe(before);
});

test("a draft that can't be saved and an invalid request are rejected at their place", async () => {
  await expect(ask({ api: "badges", restrictions: { ips: ["127.1"] } })).rejects.toMatchObject({
    errors: [{ path: "restrictions.ips.0" }],
  });
  await expect(ask({ api: "badges", method: "GET" })).rejects.toMatchObject({ errors: [{ path: "path" }] });
  await expect(ask({ api: "nowhere" })).rejects.toMatchObject({ errors: [{ path: "api" }] });
});

test("the verdict of a revoked or disabled key is returned too, with its rules", async () => {
  await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, enabled: false }) });
  const answer = await ask({ api: "badges", restrictions: { ips: ["203.0.113.9"] } });
  expect(answer).toMatchObject({ code: "KEY_DISABLED" });
  expect(answer.rules.find(({ kind }) => kind === "ips")).toMatchObject({ code: "CLIENT_IP_UNKNOWN" });
});

test("limits are reported as the next request finds them, however often someone simulates", async () => {
  const limits = { rate: { limit: 3, windowSeconds: 60 }, quota: { limit: 8, period: "day" as const } };
  await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, limits }) });
  engine.factStore.forgetAll();
  const facts = await engine.apiOf("badges");
  if (!facts) throw new Error("no such API");
  const codes = [];
  for (const cost of [1, 0, 2, 1]) {
    const [{ requestId: _, ...first }, { requestId: __, rules, ...second }] = [
      await ask({ api: "badges", cost }),
      await ask({ api: "badges", cost }),
    ];
    expect(first).toEqual({ ...second, rules });
    const { requestId: ___, ...checked } = (
      await engine.evaluate(checkOf(engine, facts, { key: secret, api: "badges", cost }))
    ).verdict;
    expect(second).toEqual(checked);
    codes.push(checked.code);
  }
  expect(codes).toEqual(["VALID", "VALID", "VALID", "RATE_LIMITED"]);
});

test("while limits can't be read there is no verdict, except by rules that come before them", async () => {
  clearProcessSingleton("engine");
  const away: Limiter = {
    take: () => Promise.reject(new VerdictUnavailable("limits can't be counted while Redis is unavailable")),
    unavailableReason: "Redis is unavailable",
    close: async () => {},
  };
  processSingleton("engine", async () => engineWith(away));
  const limits = { rate: { limit: 3, windowSeconds: 60 } };
  await updateKey({ ctx, input: updateKeySchema.parse({ projectId, keyId, limits }) });
  await expect(ask({ api: "badges" })).rejects.toMatchObject({
    status: 503,
    message: "The verdict is unavailable: limits can't be counted while Redis is unavailable.",
  });
  expect(await ask({ api: "badges", restrictions: { ips: ["203.0.113.9"] } })).toMatchObject({
    code: "CLIENT_IP_UNKNOWN",
  });
});

test("the draft of a key that does not exist yet is evaluated like that of an existing one", async () => {
  const before = await dump(db);
  await fc.assert(
    fc.asyncProperty(writtenRestrictions, requests, async (restrictions: Restrictions, request) => {
      const { api, operation, client } = request;
      const fields = { api, ...(operation && { operation }), ...fieldsOf(client), restrictions };
      const { code, rules } = await ask(fields);
      expect(await askNew(fields)).toMatchObject({ code, rules });
    }),
    { numRuns: 20 },
  );
  expect(await dump(db)).toBe(before);
});

test("only users who may create keys can simulate a draft of a new one", async () => {
  const fields = { api: "badges", restrictions: {} };
  const [viewer, developer] = await Promise.all([
    makeMember(db, projectId, "viewer"),
    makeMember(db, projectId, "developer"),
  ]);
  await expect(askNew(fields, ctxOf(db, viewer))).rejects.toMatchObject({ code: "forbidden" });
  await expect(askNew(fields, ctxOf(db, await makeUser(db)))).rejects.toMatchObject({ code: "not-found" });
  expect(await askNew(fields, ctxOf(db, developer))).toMatchObject({ code: "VALID" });
});

test("an API for other projects is answered like an unknown API", async () => {
  await makeApi(db, "hidden");
  await db.write((tx) =>
    tx.q.update(tx.t.apis).set({ visibility: "projects" }).where(eq(tx.t.apis.slug, "hidden")),
  );
  for (const api of ["hidden", "nothing"]) {
    const input = simulateSchema.parse({ projectId, keyId, api });
    await expect(simulate({ ctx, input }), api).rejects.toMatchObject({ code: "invalid" });
  }
});
