import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { createServiceToken } from "#domain/access/service-tokens/create.ts";
import { updateServiceToken } from "#domain/access/service-tokens/update.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { updateKey } from "#domain/keys/update.ts";
import { changePlan } from "#domain/plans/change.ts";
import { CHECK_CASES } from "#test/check-cases.ts";
import { codeOf, counted, setUpLocal, site, start, startReady, verdictOf } from "#test/local-fixture.ts";
import { enableFor, makeKey } from "#test/people.ts";
import { makePlan, subscribeTo } from "#test/plans.ts";
import type { Check } from "../../sdk/typescript/src/verdict.ts";

setUpLocal();

/** Checks that an SDK sends: not malformed ones, and no other headers. */
const LOCAL_CASES = CHECK_CASES.filter(
  ({ body, headers, status = 200 }) => !headers && status === 200 && typeof body("k") === "object",
);

test("a local verdict is what the verifier says, or the verifier is asked", async () => {
  const { ctx, projectId } = site.verifier;
  const restricted = {
    restrictions: {
      ips: ["198.51.100.0/24"],
      referrers: ["*.example.com"],
      apps: { android: [], ios: [] },
      apis: [{ api: "badges", operations: ["badges.sync"] }],
    },
  };
  const secrets = [
    (await makeKey(ctx, projectId, { metadata: { plan: "pro" }, tags: ["eu"] })).secret,
    (await makeKey(ctx, projectId, restricted)).secret,
    "lk_live_0123456789abcdefghijABCDEFGHIJ000000",
  ];
  const local = await startReady();
  let locally = 0;
  for (const { name, body } of LOCAL_CASES) {
    for (const secret of secrets) {
      const check = { api: "badges", ...(body(secret) as Check) };
      const expected = await (await site.verifier.post(check)).json();
      const verdict = await local.verify(check);
      if (verdict === null) continue;
      locally++;
      expect({ ...verdict, requestId: "" }, name).toEqual({ ...expected, requestId: "" });
    }
  }
  expect(locally).toBeGreaterThan(2 * LOCAL_CASES.length);
});

test("a key is verified without a request once it is known, even if checks arrive together", async () => {
  const { secret, key } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  const local = await startReady();
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => local.verify({ key: secret })));
  expect(verdicts.every((verdict) => verdict?.code === "VALID")).toBe(true);
  expect(verdicts[0]).toMatchObject({ keyId: key.id, api: "badges", rateLimit: null, quota: null });
  for (let time = 0; time < 20; time++)
    expect(local.verify({ key: secret })).toMatchObject({ code: "VALID" });
  // One for the API, one for the secret.
  expect(site.requests.filter((path) => path.endsWith("/facts"))).toHaveLength(2);
});

test("a verifier is asked about keys with limits, other APIs and checks that it would reject", async () => {
  const { ctx, projectId } = site.verifier;
  const { secret } = await makeKey(ctx, projectId);
  const limited = await makeKey(ctx, projectId, { limits: { quota: { limit: 5, period: "day" } } });
  const local = await startReady();
  expect(await codeOf(local, { key: secret })).toBe("VALID");
  for (const check of [
    { key: limited.secret },
    { key: secret, api: "streams" },
    { key: secret, cost: 1_001 },
    { key: secret, method: "GET" },
    { key: secret, clientIP: "198.51.100.7" },
    { key: secret, referrer: "x".repeat(5_000) },
  ]) {
    expect(await local.verify(check as Check), JSON.stringify(check).slice(0, 80)).toBeNull();
  }
  const limits = { rate: null, quota: { limit: 5, period: "day" as const } };
  const { key } = await makeKey(ctx, projectId);
  const later = await makeKey(ctx, projectId);
  expect(await codeOf(local, { key: later.secret })).toBe("VALID");
  await updateKey({ ctx, input: { projectId, keyId: later.key.id, limits } });
  await expect.poll(() => codeOf(local, { key: later.secret })).toBeNull();
  expect(key.id).not.toBe(later.key.id);
});

test("a verifier is asked about the API whose plan the project is on, and not about others", async () => {
  const { ctx, db, engine, projectId } = site.verifier;
  await enableFor(db, projectId, "streams");
  await subscribeTo(db, projectId, await makePlan(db, (await engine.apiOf("streams"))?.id ?? ""));
  const { secret } = await makeKey(ctx, projectId);
  const input = { name: "all APIs", api: null, trustedProxies: [], localVerification: true };
  const { token } = await createServiceToken({ ctx, input });
  const local = await startReady({ token });
  expect(await verdictOf(local, { key: secret, api: "badges" })).toMatchObject({ code: "VALID" });
  expect(await codeOf(local, { key: secret, api: "streams" })).toBeNull();
});

test("a plan that begins or ends is followed by a key that is known already", async () => {
  const { db, engine, projectId } = site.verifier;
  const ctx = { ...site.verifier.ctx, now: Date.now };
  await enableFor(db, projectId, "streams");
  await makePlan(db, (await engine.apiOf("streams"))?.id ?? "");
  const { secret } = await makeKey(ctx, projectId);
  const input = { name: "all APIs", api: null, trustedProxies: [], localVerification: true };
  const { token } = await createServiceToken({ ctx, input });
  const local = await startReady({ token });
  const atStreams = () => codeOf(local, { key: secret, api: "streams" });
  expect(await verdictOf(local, { key: secret, api: "streams" })).toMatchObject({ code: "VALID" });
  await changePlan({ ctx, input: { projectId, slug: "streams", plan: "free", takesEffect: "now" } });
  await expect.poll(atStreams, { timeout: 1_000 }).toBeNull();
  expect(await verdictOf(local, { key: secret, api: "badges" })).toMatchObject({ code: "VALID" });
  await disableApi({ ctx, input: { projectId, slug: "streams" } });
  await expect.poll(atStreams).toBe("API_NOT_ENABLED");
  await enableApi({ ctx, input: { projectId, slug: "streams", plan: "free" } });
  await expect.poll(atStreams, { timeout: 1_000 }).toBeNull();
});

test("a change is followed, and what was interrupted is resumed without loading everything again", async () => {
  const { ctx, projectId } = site.verifier;
  const [first, second] = [await makeKey(ctx, projectId), await makeKey(ctx, projectId)];
  const local = await startReady();
  for (const { secret } of [first, second]) expect(await codeOf(local, { key: secret })).toBe("VALID");
  await revokeKey({ ctx, input: { projectId, keyId: first.key.id } });
  // A verifier is asked then: the facts of a revoked key are not given.
  await expect.poll(() => codeOf(local, { key: first.secret })).toBeNull();
  const loads = () => site.requests.filter((path) => path.endsWith("/facts")).length;
  await site.proxy.disconnect();
  await expect.poll(() => local.isReady).toBe(false);
  const before = loads();
  await makeKey(ctx, projectId);
  await site.proxy.reconnect();
  await expect.poll(() => local.isReady).toBe(true);
  expect(local.verify({ key: second.secret })).toMatchObject({ code: "VALID" });
  expect(loads()).toBe(before);
  await site.proxy.disconnect();
  await expect.poll(() => local.isReady).toBe(false);
  await revokeKey({ ctx, input: { projectId, keyId: second.key.id } });
  await site.proxy.reconnect();
  await expect.poll(() => local.isReady).toBe(true);
  expect(await codeOf(local, { key: second.secret })).toBeNull();
});

test("a stream that stops or comes late is not trusted, although its connection is open", async () => {
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  let delayMs = 0;
  const local = await startReady({
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (!String(input).includes("/sync?") || response.body === null) return response;
      const late = new TransformStream<Uint8Array, Uint8Array>({
        async transform(chunk, controller) {
          if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
          controller.enqueue(chunk);
        },
      });
      return new Response(response.body.pipeThrough(late), { status: 200 });
    },
  });
  expect(await codeOf(local, { key: secret })).toBe("VALID");
  // Each event is later than the one before: after some seconds all that arrive are too old.
  delayMs = 450;
  await expect.poll(() => local.isReady).toBe(false);
  expect(await local.verify({ key: secret })).toBeNull();
  site.proxy.pauseResponses();
  delayMs = 0;
  await expect.poll(() => local.isReady).toBe(false);
  site.proxy.resumeResponses();
  await expect.poll(() => codeOf(local, { key: secret })).toBe("VALID");
});

test("after a jump of a clock a verifier is asked until the state is known again", async () => {
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  const offset = { wall: 0, monotonic: 0 };
  const clock = {
    wall: () => Date.now() + offset.wall,
    monotonic: () => performance.now() + offset.monotonic,
  };
  const local = await startReady({ clock });
  expect(await codeOf(local, { key: secret })).toBe("VALID");
  for (const jump of [{ wall: HOUR_MS }, { wall: -7_200_000 }, { monotonic: 60_000 }]) {
    offset.wall += jump.wall ?? 0;
    offset.monotonic += jump.monotonic ?? 0;
    expect(local.isReady, JSON.stringify(jump)).toBe(false);
    expect(await local.verify({ key: secret })).toBeNull();
    await expect.poll(() => codeOf(local, { key: secret })).toBe("VALID");
  }
});

test("expiry is compared with the verifier's time, however wrong this machine's clock is", async () => {
  const { ctx, projectId } = site.verifier;
  const { secret } = await makeKey(ctx, projectId, {
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  });
  const clock = { wall: () => Date.now() + DAY_MS, monotonic: () => performance.now() };
  const local = await startReady({ clock });
  expect(await codeOf(local, { key: secret })).toBe("VALID");
});

test("without the permission a verifier is asked, within a second", async () => {
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  const local = await startReady();
  expect(await codeOf(local, { key: secret })).toBe("VALID");
  const set = (localVerification: boolean) =>
    updateServiceToken({
      ctx: { ...site.verifier.ctx, now: Date.now },
      input: { serviceTokenId: site.service.id, localVerification },
    });
  await set(false);
  await expect.poll(() => local.isReady).toBe(false);
  await expect.poll(async () => (await counted()).VALID).toBe(1);
  await set(true);
  await expect.poll(() => verdictOf(local, { key: secret })).toMatchObject({ code: "VALID" });
});

test.each([
  ["an event without an end", () => "data: ".padEnd(5_000_000, "x")],
  ["something else", () => "<html></html>\n\n"],
  ["no JSON", () => "data: {\n\n"],
  [
    "an unknown event",
    () => 'data: {"hello":{"openedAt":0,"resumed":"yes","keyPrefixes":[],"tokenShapes":[],"api":null}}\n\n',
  ],
  [
    "two beginnings",
    () =>
      'data: {"hello":{"openedAt":0,"resumed":true,"keyPrefixes":["lk"],"tokenShapes":[],"api":null}}\n\n'.repeat(
        2,
      ),
  ],
  ["nothing", () => ""],
])("a verifier that streams %s is not followed", async (_, body) => {
  const errors: unknown[] = [];
  const local = await start({
    fetch: async () => new Response(body(), { status: 200 }),
    onError: (error) => errors.push(error),
  });
  await expect.poll(() => errors.length).toBeGreaterThan(1);
  expect(local.isReady).toBe(false);
  expect(await local.verify({ key: "lk_live_x" })).toBeNull();
});

interface Changed {
  secret?: Record<string, unknown>;
  plannedApis?: unknown;
}

test.each<[string, Changed]>([
  ["a field that this version does not know", { secret: { scopes: [] } }],
  ["a set that it can't read", { secret: { restrictions: { ips: [] } } }],
  ["no name", { secret: { name: null } }],
  ["no list of APIs with plans", { plannedApis: undefined }],
  ["a text instead of that list", { plannedApis: "badges" }],
])("facts with %s make it ask a verifier", async (_, { secret: changed, ...more }: Changed) => {
  const { secret } = await makeKey(site.verifier.ctx, site.verifier.projectId);
  let isHostile = true;
  const local = await startReady({
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (!isHostile || !String(input).endsWith("/facts")) return response;
      const answer = await response.json();
      for (const one of answer.secrets) Object.assign(one, more, { secret: { ...one.secret, ...changed } });
      return Response.json(answer);
    },
  });
  expect(await local.verify({ key: secret })).toBeNull();
  isHostile = false;
  await makeKey(site.verifier.ctx, site.verifier.projectId);
  await expect.poll(() => local.isReady).toBe(true);
});
