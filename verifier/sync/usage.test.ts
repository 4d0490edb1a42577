import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import { revokeServiceToken } from "#domain/access/service-tokens/revoke.ts";
import { updateServiceToken } from "#domain/access/service-tokens/update.ts";
import { SYNC_FORMAT } from "#engine/sync/protocol.ts";
import { BatchStore } from "#engine/sync/store-batch.ts";
import { makeKey, START } from "#test/people.ts";
import { call, count, entryFor, setUpSync, sync, totals, usageOf } from "#test/sync-fixture.ts";

setUpSync();

test("a batch is counted once, however often it is sent, also to another verifier", async () => {
  const { key } = await makeKey(sync.verifier.ctx, sync.verifier.projectId);
  const secretId = key.secrets[0]?.id ?? "";
  const body = usageOf([
    entryFor(secretId),
    entryFor(secretId, {
      code: "IP_NOT_ALLOWED",
      count: 1,
      units: 0,
      seen: null,
      details: {
        code: "IP_NOT_ALLOWED",
        observed: { clientIp: "203.0.113.9" },
        client: {
          clientIp: "203.0.113.9",
          referrer: null,
          origin: null,
          androidPackage: null,
          androidCertSha1: null,
          iosBundleId: null,
        },
      },
    }),
  ]);
  for (let time = 0; time < 2; time++) expect((await call("/usage", { body })).status).toBe(204);
  expect(await count()).toBe(4);
  expect((await call("/usage", { body })).status).toBe(204);
  expect(await count()).toBe(0);
  const other = join(sync.verifier.dir, "other");
  await mkdir(other);
  const api = await sync.verifier.engine.apiOf("badges");
  if (api === null) throw new Error("no API");
  await new BatchStore(sync.verifier.db, other).store(body.batch, new Map([["badges", api]]), START);
  expect(await count(other)).toBe(0);
  expect(await totals()).toEqual(
    expect.arrayContaining([
      { keyId: key.id, code: "VALID", operation: "badges.sync", count: 3, units: 6 },
      { keyId: key.id, code: "IP_NOT_ALLOWED", operation: "badges.sync", count: 1, units: 0 },
    ]),
  );
  const { q, t } = sync.verifier.db.read;
  expect(await q.select({ keyId: t.denials.keyId }).from(t.denials)).toEqual([{ keyId: key.id }]);
});

test("what a service of an earlier version has answered is counted, and its facts are not given", async () => {
  const { key } = await makeKey(sync.verifier.ctx, sync.verifier.projectId);
  const format = SYNC_FORMAT - 1;
  expect((await call(`?format=${format}`)).status).toBe(409);
  expect((await call("/facts", { body: { format, secrets: [], apis: [] } })).status).toBe(409);
  const body = { ...usageOf([entryFor(key.secrets[0]?.id ?? "")]), format };
  expect((await call("/usage", { body })).status).toBe(204);
  expect(await count()).toBe(3);
  for (const unknown of [0, SYNC_FORMAT + 1, 1.5, "x"])
    expect((await call("/usage", { body: { ...body, format: unknown } })).status).toBeOneOf([400, 409]);
});

test("a report is checked against the facts that the verifier knows", async () => {
  const { key } = await makeKey(sync.verifier.ctx, sync.verifier.projectId);
  const secretId = key.secrets[0]?.id ?? "";
  expect((await call("/usage", { body: usageOf([entryFor(secretId, { api: "streams" })]) })).status).toBe(
    403,
  );
  const hostile = [
    entryFor("sec_unknown"),
    entryFor(secretId, { operation: "invented\t\n", atMs: START + DAY_MS }),
    entryFor(secretId, { code: "KEY_EXPIRED", units: 1_000, seen: { address: "a\tb", origin: "", app: "" } }),
    entryFor("", { code: "KEY_NOT_FOUND", units: 0, seen: null }),
    // Only an allowed request of a key can be a trial of its restrictions.
    entryFor("sec_unknown", { trial: { since: 7, code: "IP_NOT_ALLOWED" } }),
    entryFor(secretId, { code: "KEY_EXPIRED", units: 0, trial: { since: 8, code: "IP_NOT_ALLOWED" } }),
    // The key has no report-only restrictions since then.
    entryFor(secretId, { trial: { since: 9, code: "IP_NOT_ALLOWED" } }),
  ];
  expect((await call("/usage", { body: usageOf(hostile) })).status).toBe(204);
  expect(await count()).toBe(21);
  expect(await totals()).toEqual(
    expect.arrayContaining([
      { keyId: "", code: "VALID", operation: "badges.sync", count: 6, units: 12 },
      { keyId: key.id, code: "VALID", operation: "", count: 3, units: 6 },
      { keyId: key.id, code: "VALID", operation: "badges.sync", count: 3, units: 6 },
      { keyId: key.id, code: "KEY_EXPIRED", operation: "badges.sync", count: 6, units: 0 },
      { keyId: "", code: "KEY_NOT_FOUND", operation: "badges.sync", count: 3, units: 0 },
    ]),
  );
  const { q, t } = sync.verifier.db.read;
  expect(await q.select().from(t.reportOnlyCounts)).toEqual([]);
  await sync.verifier.db.write((tx) => tx.q.update(tx.t.keys).set({ reportOnlySince: 9 }));
  const real = usageOf(
    [entryFor(secretId, { trial: { since: 9, code: "IP_NOT_ALLOWED" } })],
    "seg_0123456789abcdefghijkl.1",
  );
  expect((await call("/usage", { body: real })).status).toBe(204);
  await count();
  expect(await q.select().from(t.reportOnlyCounts)).toMatchObject([{ keyId: key.id, since: 9, count: 3 }]);
});

test("a service can't report for an id that a database rejects", async () => {
  expect((await call("/usage", { body: usageOf([entryFor("sec_\0")]) })).status).toBe(400);
});

test("a service reports for another minute after its token has lost the permission, and not longer", async () => {
  const { key } = await makeKey(sync.verifier.ctx, sync.verifier.projectId);
  const { ctx, clock } = sync.verifier;
  const body = usageOf([entryFor(key.secrets[0]?.id ?? "")]);
  const report = async () => {
    sync.verifier.clearCache();
    return (await call("/usage", { body })).status;
  };
  await updateServiceToken({ ctx, input: { serviceTokenId: sync.service.id, localVerification: false } });
  await revokeServiceToken({ ctx, input: { serviceTokenId: sync.service.id } });
  clock.advance(59_000);
  expect(await report()).toBe(204);
  clock.advance(1_000);
  expect(await report()).toBe(401);
});
