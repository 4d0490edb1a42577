import { expect, test } from "vitest";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import { updateServiceToken } from "#domain/access/service-tokens/update.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { updateKey } from "#domain/keys/update.ts";
import { type LocalSecret, opaqueId, SYNC_FORMAT, type SyncPosition } from "#engine/sync/protocol.ts";
import { enableFor, makeKey, START } from "#test/people.ts";
import { makePlan, subscribeTo } from "#test/plans.ts";
import {
  BATCH_ID,
  call,
  changedIn,
  entryFor,
  facts,
  follow,
  heartbeatsOf,
  helloOf,
  makeLocalService,
  setUpSync,
  sync,
  usageOf,
} from "#test/sync-fixture.ts";

setUpSync();

test("only a token with the permission may follow, get facts and report", async () => {
  const without = await makeLocalService({ api: "badges", localVerification: false });
  const bodies = {
    [`?format=${SYNC_FORMAT}`]: undefined,
    "/facts": { format: SYNC_FORMAT, secrets: [], apis: [] },
    "/usage": usageOf([]),
  };
  for (const [path, body] of Object.entries(bodies)) {
    expect((await call(path, { body, token: "lk_svc_wrong" })).status, path).toBe(401);
    const denied = await call(path, { body, token: without.token });
    expect([denied.status, (await denied.json()).title], path).toEqual([
      403,
      "Local verification not allowed",
    ]);
  }
});

test("another sync format, method or body is rejected", async () => {
  expect((await call(`?format=${SYNC_FORMAT + 1}`)).status).toBe(409);
  expect((await call("")).status).toBe(409);
  expect((await call("/facts", { body: { format: SYNC_FORMAT + 1 } })).status).toBe(409);
  expect((await call(`?format=${SYNC_FORMAT}`, { body: {} })).status).toBe(405);
  expect((await call("/facts")).status).toBe(405);
  expect((await call("/other")).status).toBe(404);
  for (const secrets of [["short"], Array.from({ length: 51 }, () => "0".repeat(64)), "none"]) {
    expect((await call("/facts", { body: { format: SYNC_FORMAT, secrets, apis: [] } })).status).toBe(400);
  }
  expect((await call("/facts", { body: "{" })).status).toBe(400);
  expect((await call("/facts", { body: `"${"x".repeat(17_000)}"` })).status).toBe(413);
  for (const batch of [
    { id: "../x", entries: [entryFor("")] },
    { id: BATCH_ID, entries: [] },
    { id: BATCH_ID, entries: [entryFor("", { count: 0 })] },
    { id: BATCH_ID, entries: [{ ...entryFor(""), code: "RATE_LIMITED" }] },
    { id: BATCH_ID, entries: [{ ...entryFor(""), projectId: "prj_x" }] },
  ]) {
    expect((await call("/usage", { body: { ...usageOf([]), batch } })).status).toBe(400);
  }
});

test("a stream confirms the state again and again, and contains every change with blinded ids only", async () => {
  const { key } = await makeKey(sync.verifier.ctx, sync.verifier.projectId);
  const stream = await follow();
  expect(helloOf(stream)).toEqual({
    openedAt: expect.any(Number),
    resumed: false,
    keyPrefixes: ["lk"],
    tokenShapes: [],
    api: "badges",
  });
  await expect.poll(() => heartbeatsOf(stream).length).toBeGreaterThan(4);
  await revokeKey({ ctx: sync.verifier.ctx, input: { projectId: sync.verifier.projectId, keyId: key.id } });
  await expect.poll(() => changedIn(stream)).toContain(opaqueId(key.id));
  expect(JSON.stringify(stream.events)).not.toContain(key.id);
});

test("a stream resumes from a position and contains what changed since then, or says that it can't", async () => {
  const [first, second] = [
    await makeKey(sync.verifier.ctx, sync.verifier.projectId),
    await makeKey(sync.verifier.ctx, sync.verifier.projectId),
  ];
  const revoke = (keyId: string) =>
    revokeKey({ ctx: sync.verifier.ctx, input: { projectId: sync.verifier.projectId, keyId } });
  await revoke(first.key.id);
  const before = await follow();
  await expect.poll(() => heartbeatsOf(before).at(-1)?.place?.seq).toBeGreaterThan(0);
  const place = heartbeatsOf(before).at(-1)?.place as SyncPosition;
  await revoke(second.key.id);
  const resumed = await follow(place);
  expect(helloOf(resumed).resumed).toBe(true);
  await expect.poll(() => changedIn(resumed)).toContain(opaqueId(second.key.id));
  const again = await follow(heartbeatsOf(resumed).at(-1)?.place as SyncPosition);
  expect([helloOf(again).resumed, changedIn(again)]).toEqual([true, []]);
  for (const wrong of [
    { ...place, row: "other" },
    { ...place, seq: place.seq + 1_000 },
    { ...place, gaps: "none" as unknown as [] },
  ]) {
    expect(helloOf(await follow(wrong)).resumed).toBe(false);
  }
});

test("a stream ends when its token loses the permission or is revoked", async () => {
  const revoked = await makeLocalService({ api: null });
  const [stream, other] = [await follow(), await follow(undefined, revoked.token)];
  const { ctx } = sync.verifier;
  await updateServiceToken({ ctx, input: { serviceTokenId: sync.service.id, localVerification: false } });
  await expect.poll(() => stream.isOpen).toBe(false);
  expect(stream.events.at(-1)).toEqual({ end: "forbidden" });
  expect(other.isOpen).toBe(true);
  expect((await call("/facts", { body: { format: SYNC_FORMAT, secrets: [], apis: [] } })).status).toBe(403);
  await revokeServiceToken({ ctx, input: { serviceTokenId: revoked.id } });
  await expect.poll(() => other.events.at(-1)).toEqual({ end: "forbidden" });
});

test("a service gets the facts of keys that it could verify, limited to its API", async () => {
  const { ctx, db, projectId } = sync.verifier;
  await enableFor(db, projectId, "streams");
  const restrictions = {
    ips: ["198.51.100.0/24"],
    referrers: [],
    apps: { android: [], ios: [] },
    apis: [
      { api: "badges", operations: ["badges.sync"] },
      { api: "streams", operations: [] },
    ],
  };
  const { key, secret } = await makeKey(ctx, projectId, { restrictions, metadata: { team: "pay" } });
  const all = await makeLocalService({ api: null });
  const [bound, unbound] = [
    await facts([secret], { apis: ["badges", "streams"] }),
    await facts([secret], { token: all.token, apis: ["badges", "streams", "none"] }),
  ];
  const [seen] = bound.secrets as [LocalSecret];
  expect(seen).toMatchObject({ ask: false, enabledApis: ["badges"] });
  expect(seen.secret).toMatchObject({ id: key.id, metadata: { team: "pay" } });
  expect(seen.secret.restrictions).toEqual({
    ...restrictions,
    apis: [{ api: "badges", operations: ["badges.sync"] }],
  });
  expect(seen.secret).not.toHaveProperty("limits");
  expect((unbound.secrets as [LocalSecret])[0].secret.restrictions.apis).toHaveLength(2);
  expect(bound.apis).toMatchObject([{ slug: "badges" }, null]);
  expect(bound.apis[0]?.operations.map(({ name }) => name)).toEqual(["badges.sync", "badges.list"]);
  expect(unbound.apis.map((api) => api?.slug)).toEqual(["badges", "streams", undefined]);
});

test("of other keys, a service learns only that it has to ask", async () => {
  const { ctx, projectId, db } = sync.verifier;
  await enableFor(db, projectId, "streams");
  const make = (fields: Record<string, unknown> = {}) => makeKey(ctx, projectId, fields);
  const only = (api: string) => ({
    restrictions: {
      ips: [],
      referrers: [],
      apps: { android: [], ios: [] },
      apis: [{ api, operations: [] }],
    },
  });
  const [limited, elsewhere, disabled, revoked, good] = [
    await make({ limits: { rate: { limit: 5, windowSeconds: 60 }, quota: null } }),
    await make(only("streams")),
    await make(),
    await make(),
    await make(),
  ];
  await updateKey({ ctx, input: { projectId, keyId: disabled.key.id, enabled: false } });
  await revokeKey({ ctx, input: { projectId, keyId: revoked.key.id } });
  const asked = [limited, elsewhere, disabled, revoked];
  const { secrets } = await facts([...asked.map(({ secret }) => secret), "lk_live_unknown"]);
  expect(secrets.slice(0, -1)).toEqual(
    asked.map(({ key }) => ({ ask: true, subjects: [opaqueId(key.id), opaqueId(projectId)] })),
  );
  expect(secrets.at(-1)).toBeNull();
  await db.write((tx) => tx.q.update(tx.t.projects).set({ suspendedAt: START }));
  expect((await facts([good.secret])).secrets).toMatchObject([{ ask: true }]);
  await db.write((tx) => tx.q.update(tx.t.projects).set({ suspendedAt: null }));
  await disableApi({ ctx, input: { projectId, slug: "badges" } });
  expect((await facts([good.secret])).secrets).toMatchObject([{ ask: true }]);
});

test("an API whose plan the project is on is asked about, others are not", async () => {
  const { ctx, projectId, db } = sync.verifier;
  await enableFor(db, projectId, "streams");
  const { secret } = await makeKey(ctx, projectId);
  const all = await makeLocalService({ api: null });
  const apiId = (await sync.verifier.engine.apiOf("badges"))?.id ?? "";
  await subscribeTo(db, projectId, await makePlan(db, apiId));
  expect((await facts([secret], { token: all.token })).secrets).toMatchObject([
    { ask: false, enabledApis: expect.arrayContaining(["badges", "streams"]), plannedApis: ["badges"] },
  ]);
  expect((await facts([secret])).secrets).toMatchObject([{ ask: true }]);
});
