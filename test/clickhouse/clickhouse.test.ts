import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkServices } from "#cli/doctor/services.ts";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import { type Db, openDb, type Scope } from "#db/open.ts";
import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import { ClickHouseUsage } from "#engine/usage/clickhouse/store.ts";
import { copyUsage } from "#engine/usage/copy.ts";
import { databaseUsage } from "#engine/usage/database-store.ts";
import type { UsageStore } from "#engine/usage/types.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { parseSettings } from "#platform/settings.ts";
import {
  billingSite,
  countUsage,
  currentHour,
  dedupingReceiver,
  EXPORT_OK,
  exportHelpers,
  exportUsage,
  newExport,
  type Send,
} from "#test/billing-fixture.ts";
import { addRows, totalOf, usageStoreContract } from "#test/usage-store-contract.ts";
import { makeTestDatabase } from "../db.ts";
import { ctxOf, enableFor, makeAdmin, makeApi, makeKey, makeProject, makeServiceToken } from "../people.ts";
import { startVerifier, type VerifierProcess } from "../verifier-process.ts";
import { type ClickHouseServer, startClickHouse } from "./start.ts";

const POLL = { timeout: 30_000 };
const TODAY = startOf(DAY_MS, Date.now());
const DAYS = { minute: 3, hour: 100, day: null };

let clickhouse: ClickHouseServer;
let store: ClickHouseUsage;
beforeAll(async () => {
  clickhouse = await startClickHouse();
  store = new ClickHouseUsage(clickhouse.url, DAYS);
}, 600_000);
afterAll(async () => {
  await store.close();
  await clickhouse.stop();
});

test("doctor names the version and the table, and never the password", async () => {
  const found = async (url: string) => (await checkServices(parseSettings({ USAGE_URL: url })))[0];
  await store.sum({ dialect: "sqlite" } as Scope, { by: [], sums: ["checks"], buckets: [] });
  expect(await found(clickhouse.url)).toMatchObject({
    name: "usage",
    status: "ok",
    message: expect.stringContaining("SummingMergeTree"),
  });
  const away = await found("http://latchkey:hunter2@127.0.0.1:1");
  expect(away).toMatchObject({ status: "failed", message: expect.stringContaining("ECONNREFUSED") });
  expect(away?.message).not.toContain("hunter2");
});

for (const dialect of ["sqlite", "postgres"] as const) {
  describe(`with ${dialect}`, () => {
    let db: Db;
    beforeAll(async () => {
      db = await openDb(await makeTestDatabase(dialect), { poolSize: 5 });
    });
    afterAll(() => db.close());

    usageStoreContract("usage counts in ClickHouse", async () => ({ db, store }));

    let projects = 0;
    const row = (projectId: string, count: number, keyId = "key"): UsageRow => [
      "day",
      projectId,
      TODAY,
      keyId,
      "",
      "badges",
      "",
      "live",
      "VALID",
      count,
      count,
    ];
    const newProject = () => `prj_${dialect}_${++projects}`;

    test("a batch whose process dies after ClickHouse has it is counted once", async () => {
      const projectId = newProject();
      const batch = { id: `died ${projectId}`, rows: [row(projectId, 7)] };
      await db.write((tx) => store.add(tx, batch));
      // As far as the process came: the outbox still has it.
      await store.insert(batch);
      await store.deliver(db);
      expect(await totalOf({ db, store }, projectId)).toBe(7);
      expect(await store.isDelivered(db)).toBe(true);
      // Long after, when ClickHouse's own window of duplicates is over.
      await clickhouse.query(
        "alter table latchkey_usage modify setting non_replicated_deduplication_window = 0",
      );
      await store.insert(batch);
      await clickhouse.query(
        "alter table latchkey_usage modify setting non_replicated_deduplication_window = 10000",
      );
      expect(await totalOf({ db, store }, projectId)).toBe(7);
    });

    test("an insert that still runs when another process repeats it is counted once", async () => {
      const projectId = newProject();
      const batch = { id: `repeated ${projectId}`, rows: [row(projectId, 7)] };
      await Promise.all([store.insert(batch), store.insert(batch)]);
      expect(await totalOf({ db, store }, projectId)).toBe(7);
    });

    test("verifiers that deliver at the same time deliver each batch once", async () => {
      const projectId = newProject();
      for (let at = 0; at < 12; at++)
        await db.write((tx) =>
          store.add(tx, { id: `${projectId} ${at}`, rows: [row(projectId, 1, `key_${at}`)] }),
        );
      const others = [1, 2].map(() => new ClickHouseUsage(clickhouse.url, DAYS));
      await Promise.all([store, ...others].map((each) => each.deliver(db)));
      expect(await totalOf({ db, store }, projectId)).toBe(12);
      for (const each of others) await each.close();
    });

    test("a batch of 150,000 rows is stored as one part, as a whole or not at all", async () => {
      const projectId = newProject();
      const rows = Array.from({ length: 150_000 }, (_, at) => row(projectId, 1, `key_${at}`));
      await addRows({ db, store }, rows, `large ${projectId}`);
      expect(await totalOf({ db, store }, projectId)).toBe(150_000);
      const inserted = await clickhouse.query(
        `select uniqExact(_part) from latchkey_usage where project_id = '${projectId}'`,
      );
      expect(Number(inserted)).toBe(1);
    });

    test("while ClickHouse is away, batches wait in the database, and nothing is lost", async () => {
      const projectId = newProject();
      await clickhouse.kill();
      try {
        await expect(addRows({ db, store }, [row(projectId, 3)])).rejects.toThrow();
        await expect(addRows({ db, store }, [row(projectId, 4)])).rejects.toThrow();
        expect(await store.isDelivered(db)).toBe(false);
      } finally {
        await clickhouse.start();
      }
      await store.deliver(db);
      expect(await totalOf({ db, store }, projectId)).toBe(7);
    });

    test("the counts of the database are copied once, even if the copy is repeated", async () => {
      const own = await openDb(await makeTestDatabase(dialect), { poolSize: 2 });
      const other = await startClickHouse();
      const target = new ClickHouseUsage(other.url, DAYS);
      const projectId = newProject();
      const rows = (["minute", "hour", "day"] as const).flatMap((interval) =>
        [0, 1, 2].map(
          (at): UsageRow => [
            interval,
            projectId,
            TODAY,
            `key_${at}`,
            "",
            "badges",
            "",
            "live",
            "VALID",
            at + 1,
            2,
          ],
        ),
      );
      await addRows({ db: own, store: databaseUsage }, rows);
      try {
        const expected = ["minute", "hour", "day"].map((interval) => ({ interval, rows: 3, requests: 6 }));
        expect(await copyUsage(own, target)).toEqual(expected);
        expect(await copyUsage(own, target)).toEqual(expected);
        expect(await totalOf({ db: own, store: target }, projectId)).toBe(6);
      } finally {
        await target.close();
        await other.stop();
        await own.close();
      }
    });

    test("a billing export takes its usage from ClickHouse, to the unit, after a day without receiver and ClickHouse", async () => {
      const own = await openDb(await makeTestDatabase(dialect), { poolSize: 2 });
      const chosen = processSingleton<{ store: UsageStore }>("usage store", () => ({ store: databaseUsage }));
      const before = chosen.store;
      chosen.store = store;
      try {
        const site = await billingSite({ db: own });
        // All tests share one ClickHouse: the others count today, and each database has days that no other uses.
        site.clock.set(startOf(HOUR_MS, Date.now()) - (dialect === "sqlite" ? 5 : 10) * DAY_MS);
        const { id } = await newExport(site.ctx);
        const away: Send = async () => ({ error: "The connection was refused.", sent: false });
        for (let hour = 0; hour < 24; hour++) {
          await countUsage(site, [
            { hour: currentHour(site), keyId: `key_${hour % 3}`, requests: 2, units: 6 },
          ]);
          site.clock.advance(HOUR_MS);
          if (hour === 12) {
            await clickhouse.kill();
            await expect(exportUsage(site, away)).rejects.toThrow();
            await clickhouse.start();
          }
          await store.deliver(own);
          await exportUsage(site, away);
        }
        const receiver = dedupingReceiver();
        site.clock.advance(2 * HOUR_MS);
        await exportUsage(site, async (_, request) => {
          receiver.take(request);
          return EXPORT_OK;
        });
        expect(receiver.total()).toEqual({ requests: 48, units: 144 });
        const { reconcile } = exportHelpers(() => site);
        expect((await reconcile(id)).total).toMatchObject({ balanced: true, acknowledged: { units: 144 } });
      } finally {
        chosen.store = before;
        await own.close();
      }
    });

    test("a verifier counts each answer once in ClickHouse, even when it is killed", async () => {
      const dataDir = await mkdtemp(join(tmpdir(), "latchkey-usage-"));
      const admin = await makeAdmin(db);
      const ctx = { ...ctxOf(db, admin), now: Date.now };
      const projectId = await makeProject(db, admin);
      await makeApi(db, "badges");
      await enableFor(db, projectId, "badges");
      const { token } = await makeServiceToken(db);
      const { secret } = await makeKey(ctx, projectId, { limits: { quota: { limit: 12, period: "day" } } });
      const start = () =>
        startVerifier({
          DATABASE_URL: db.url,
          LATCHKEY_DATA_DIR: dataDir,
          USAGE_URL: clickhouse.url,
          LOG_LEVEL: "error",
        });
      let verifier: VerifierProcess = await start();
      const check = async () => {
        const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body: JSON.stringify({ key: secret, api: "badges" }),
        });
        return response.status === 200 ? ((await response.json()) as { code: string }).code : response.status;
      };
      await expect.poll(check, POLL).toBe("VALID");
      for (let time = 1; time < 10; time++) expect(await check()).toBe("VALID");
      await verifier.stop("SIGKILL");
      verifier = await start();
      await expect.poll(() => totalOf({ db, store }, projectId), POLL).toBe(10);
      // The quota continues from what ClickHouse has counted.
      await expect.poll(check, POLL).toBe("VALID");
      expect([await check(), await check()]).toEqual(["VALID", "QUOTA_EXCEEDED"]);
      await verifier.stop();
      expect(await totalOf({ db, store }, projectId)).toBe(13);
      await rm(dataDir, { recursive: true });
    });
  });
}
