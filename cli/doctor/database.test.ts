import { getTableName, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { type Db, openDb } from "#db/open.ts";
import { usagePartition } from "#db/usage-partitions.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { bucketOf } from "#engine/usage/add-counts.ts";
import { createPartitionsAhead } from "#engine/usage/partitions.ts";
import { parseSettings } from "#platform/settings.ts";
import { makeTestDatabase, testDialect } from "#test/db.ts";
import { checkDatabase } from "./database.ts";

/** The finding of one check, at a time that differs from the real one. */
async function finding(url: string, name: string, offsetMs = 0) {
  const settings = parseSettings({ DATABASE_URL: url }, { needsAuthSecret: false });
  const findings = await checkDatabase(settings, () => Date.now() + offsetMs);
  return findings.find((one) => one.name === name);
}

async function withDatabase(work: (db: Db) => Promise<unknown>): Promise<string> {
  const url = await makeTestDatabase();
  const db = await openDb(url);
  try {
    await work(db);
  } finally {
    await db.close();
  }
  return url;
}

test("the clock must not be behind the newest entry of the audit log", async () => {
  const url = await withDatabase((db) => {
    const ctx = { actor: { kind: "system" as const }, now: Date.now };
    const subject = { id: "site", name: "the site" };
    return db.write((tx) => recordAudit(tx, ctx, { action: "policies.updated", subject }));
  });
  expect(await finding(url, "clock")).toMatchObject({ status: "ok" });
  expect(await finding(url, "clock", -HOUR_MS)).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/^this machine's clock is 3,(599|600) s behind /),
  });
});

if (testDialect() === "postgres") {
  test("the clock must agree with that of the database", async () => {
    const url = await makeTestDatabase();
    const message = (text: string) => ({
      status: "failed",
      message: expect.stringMatching(
        `^this machine's clock is ${text} the database's clock; synchronize both, for example with NTP$`,
      ),
    });
    expect(await finding(url, "clock", 1_000)).toMatchObject({ status: "ok" });
    expect(await finding(url, "clock", HOUR_MS)).toMatchObject(message("3,(599|600) s ahead of"));
    expect(await finding(url, "clock", -HOUR_MS)).toMatchObject(message("3,(599|600) s behind"));
  });

  test("usage needs partitions until tomorrow", async () => {
    const url = await withDatabase((db) => createPartitionsAhead(db, Date.now()));
    const found = (offsetMs = 0) => finding(url, "usage tables", offsetMs);
    expect(await found()).toMatchObject({
      status: "ok",
      message: expect.stringMatching(/^there are partitions until \d{4}-\d\d-\d\d$/),
    });
    expect(await found(3 * DAY_MS)).toMatchObject({
      status: "warning",
      message: expect.stringMatching(
        /^there are no partitions from \S+ on; a running verifier creates them$/,
      ),
    });
    const db = await openDb(url);
    const { name } = usagePartition("hour", bucketOf("hour", Date.now()));
    await db.write((tx) => tx.execute(sql.raw(`drop table "${name}"`)));
    await db.close();
    expect(await found()).toMatchObject({
      status: "warning",
      message: "today's partition is missing; a running verifier creates it",
    });
  });
}

test("tables that were dropped are named, and nothing else is checked in the database", async () => {
  const url = await withDatabase((db) =>
    db.write(async (tx) => {
      for (const table of [tx.t.usageHours, tx.t.verifiers])
        await tx.execute(sql.raw(`drop table "${getTableName(table)}"`));
    }),
  );
  expect(await finding(url, "schema")).toMatchObject({
    status: "failed",
    message: expect.stringMatching(
      /^without 2 tables: (usage_hours, verifiers|verifiers, usage_hours); restore a backup$/,
    ),
  });
  expect(await finding(url, "usage tables")).toBeUndefined();
});
