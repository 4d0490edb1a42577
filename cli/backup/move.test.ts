import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openDb } from "#db/open.ts";
import { seedDemo } from "#demo/seed.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { contents, run, runInProcess, setUpFolder, site, withCopy } from "#test/backup-fixture.ts";
import { makeEmptyDatabase, testDialect } from "#test/db.ts";
import { ctxOf } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { ALL_TABLES_REVERSED, TABLES } from "./tables.ts";

// Each test starts several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });
setUpFolder();

test("every table is copied after the tables that it references", () => {
  const copied = TABLES.map(({ name }) => name);
  expect(new Set(copied).size).toBe(copied.length);
  // A new table is copied, or named here with a reason in tables.ts.
  expect(ALL_TABLES_REVERSED.filter((name) => !copied.includes(name)).sort()).toEqual([
    "changes",
    "local_verifiers",
    "search_texts",
    "verifiers",
  ]);
});

if (testDialect() === "postgres") {
  test("a move from SQLite copies every row, continues the sequences, and leaves SQLite unchanged", async () => {
    const file = `file:${join(site.folder, "data", "latchkey.db")}`;
    expect(await runInProcess(file, "migrate")).toMatchObject({ code: 0 });
    const target = await makeEmptyDatabase();
    const from = await openDb(file);
    await seedDemo({ db: from, nowMs: Date.now(), checks: 2_000 });
    await sealAudit(from);
    const heartbeat = {
      address: "keys:3001",
      version: "1",
      startedAt: 0,
      feedSeq: 0,
      lastSeenAt: Date.now(),
    };
    await from.write((tx) => tx.q.insert(tx.t.verifiers).values({ id: "ver_1", ...heartbeat }));
    const running = await runInProcess(file, "move", "--to", target);
    expect(running).toMatchObject({ code: 1, err: expect.stringMatching(/keys:3001 is running/) });
    await from.write((tx) => tx.q.delete(tx.t.verifiers));
    const before = await dump(from);
    // As a process, which must also end.
    const ran = await run(file, "move", "--to", target);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).not.toMatch(/:\/\/\w+:(?!…)\w+@/);
    await withCopy(target, async (copy) => {
      expect(await contents(copy)).toEqual(await contents(from));
      // A new row must not get the number of a copied one.
      await copy.write((tx) =>
        recordAudit(tx, ctxOf(copy, { kind: "system" }), {
          action: "key.revoked",
          subject: { id: "a", name: "b" },
        }),
      );
      await sealAudit(copy);
      expect((await verifyAudit(copy)).broken).toBeNull();
    });
    expect(await dump(from)).toBe(before);
    await from.close();
    expect(await runInProcess(file, "move", "--to", target)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not empty/),
    });
    expect(await runInProcess(file, "move", "--to", "mysql://x")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/must be postgres/),
    });
  });
}
