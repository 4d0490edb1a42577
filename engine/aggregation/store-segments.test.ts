import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { openTestDb } from "#test/db.ts";
import { allowedCheck } from "#test/journal-entry.ts";
import { ctxOf, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import { countedChecks } from "#test/usage.ts";
import { type CheckEntry, writeLine } from "../journal/entry.ts";
import { storeSegments } from "./store-segments.ts";

let db: Db;
let dir: string;
let entry: CheckEntry;

beforeEach(async () => {
  db = await openTestDb();
  dir = await mkdtemp(join(tmpdir(), "latchkey-segments-"));
  const user = await makeUser(db);
  const projectId = await makeProject(db, user);
  const { key } = await makeKey(ctxOf(db, user), projectId);
  const secretId = key.secrets[0]?.id ?? "";
  entry = allowedCheck({ projectId, keyId: key.id, secretId });
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const store = () => storeSegments(db, dir, () => START);
const write = (name: string, lines: string[]) => writeFile(join(dir, name), lines.join(""));

const counted = (interval: UsageInterval) => countedChecks(db, {}, interval);

test("every line is counted in all three intervals, and the file is deleted", async () => {
  await write("seg_1.closed", [
    writeLine(entry),
    writeLine({ ...entry, atMs: START + 60_000 }),
    writeLine({ ...entry, code: "KEY_DISABLED" }),
  ]);
  expect(await store()).toBe(3);
  for (const interval of ["minute", "hour", "day"] as const) expect(await counted(interval)).toBe(3);
  expect(await readdir(dir)).toEqual([]);
});

test("a segment that is read again, because a process died before it deleted the file, adds nothing", async () => {
  await write("seg_1.closed", [writeLine(entry)]);
  await copyFile(join(dir, "seg_1.closed"), join(dir, "kept"));
  await store();
  await copyFile(join(dir, "kept"), join(dir, "seg_1.closed"));
  await store();
  expect(await counted("day")).toBe(1);
});

test("copies of a segment, as restored backups bring, are counted once, up to the end of the longest", async () => {
  const denied = writeLine({ ...entry, code: "KEY_DISABLED" });
  await write("seg_2.closed", [writeLine(entry)]);
  for (const [folder, lines] of [
    ["taken-restored-1", 2],
    ["taken-vrf", 3],
    ["taken-restored-2", 2],
  ] as const) {
    await mkdir(join(dir, folder));
    await write(join(folder, "seg_1.closed"), Array(lines).fill(denied));
  }
  expect(await store()).toBe(4);
  expect(await counted("day")).toBe(4);
  expect((await readdir(dir, { recursive: true })).filter((name) => name.includes("seg_"))).toEqual([]);
  expect(await store()).toBe(0);
});

test("two processes that store the same segment at once count it once", async () => {
  await write("seg_1.closed", Array(50).fill(writeLine(entry)));
  await Promise.allSettled([store(), store()]);
  expect(await counted("day")).toBe(50);
});

test("a segment with more rows than one transaction holds is counted completely, and once if it is read twice", async () => {
  const lines = Array.from({ length: 4_000 }, (_, index) => writeLine({ ...entry, keyId: `key_${index}` }));
  await write("seg_1.closed", lines);
  await write("kept", lines);
  await store();
  await copyFile(join(dir, "kept"), join(dir, "seg_1.closed"));
  await store();
  for (const interval of ["minute", "hour", "day"] as const) expect(await counted(interval)).toBe(4_000);
});

test("an open segment is not read, and an incomplete last line is not counted", async () => {
  await write("seg_1.open", [writeLine(entry)]);
  await write("seg_2.closed", [writeLine(entry), writeLine(entry).slice(0, 40)]);
  await store();
  expect(await counted("day")).toBe(1);
  expect(await readdir(dir)).toEqual(["seg_1.open"]);
});

test("a name with any character that JSON can contain is one line and is counted", async () => {
  const names = ["a\u2028b", "a\u2029b", "a\u0085b", "größe 🦊"];
  await write("seg_1.closed", [names.map((operation) => writeLine({ ...entry, operation })).join("")]);
  expect(await store()).toBe(names.length);
  expect(await counted("day")).toBe(names.length);
});

test("the last use of key and secret is that of the latest VALID and never moves back", async () => {
  const lastUsed = async () => {
    const { keys, secrets } = db.read.t;
    const [key] = await db.read.q.select({ at: keys.lastUsedAt }).from(keys).where(eq(keys.id, entry.keyId));
    const [secret] = await db.read.q
      .select({ at: secrets.lastUsedAt })
      .from(secrets)
      .where(eq(secrets.id, entry.secretId));
    return [key?.at, secret?.at];
  };
  await write("seg_1.closed", [writeLine({ ...entry, code: "API_NOT_ENABLED" })]);
  await store();
  expect(await lastUsed()).toEqual([null, null]);
  await write("seg_2.closed", [writeLine({ ...entry, atMs: START + 5 }), writeLine(entry)]);
  await store();
  await write("seg_3.closed", [writeLine({ ...entry, atMs: START + 1 })]);
  await store();
  expect(await lastUsed()).toEqual([START + 5, START + 5]);
});

test("waiting segments are merged: their rows are written once, not once for each segment", async () => {
  for (let n = 0; n < 10; n++) await write(`seg_${n}.closed`, [writeLine({ ...entry, atMs: START + n })]);
  let writes = 0;
  const counting: Db = {
    ...db,
    write: (work) => {
      writes++;
      return db.write(work);
    },
  };
  expect(await storeSegments(counting, dir, () => START)).toBe(10);
  // The last uses, and the sums.
  expect(writes).toBe(2);
  expect(await counted("minute")).toBe(10);
});

test("wherever a process dies while it stores merged segments, every line is counted once", async () => {
  const KEYS = 1_000;
  const linesOf = (keys: number) =>
    Array.from({ length: keys }, (_, n) => writeLine({ ...entry, keyId: `key_${n}` })).join("");
  /** Lets `left` transactions commit; the next one dies before or after its commit. */
  const dying = (left: number, afterCommit: boolean): Db => ({
    ...db,
    write: async (work) => {
      if (left-- > 0) return db.write(work);
      if (afterCommit) await db.write(work);
      throw new Error("died");
    },
  });
  let expected = 0;
  for (let at = 0, died = true; died; at++) {
    await write(`seg_${at}a.closed`, [linesOf(KEYS)]);
    await write(`seg_${at}b.closed`, [linesOf(10)]);
    expected += KEYS + 10;
    const attempt = storeSegments(dying(at >> 1, at % 2 === 1), dir, () => START);
    died = await attempt.then(
      () => false,
      () => true,
    );
    if (!died) break;
    // Merged with segments that nothing is stored of.
    await write(`seg_${at}c.closed`, [linesOf(20)]);
    expected += 20;
    await store();
    for (const interval of ["minute", "hour", "day"] as const) expect(await counted(interval)).toBe(expected);
  }
  expect(await counted("day")).toBe(expected);
});

test("sums that do not fit into memory are stored in several passes, and every line is counted once", async () => {
  const KEYS = 1_000;
  const lines = Array.from({ length: KEYS }, (_, n) =>
    writeLine({ ...entry, keyId: `key_${n}`, secretId: `sec_${n}` }),
  );
  for (const name of ["seg_1", "seg_2"]) await write(`${name}.closed`, lines);
  await write("kept", lines);
  let merges = 0;
  const counting: Db = {
    ...db,
    write: (work) => {
      merges++;
      return db.write(work);
    },
  };
  const maxBytes = 300_000;
  expect(await storeSegments(counting, dir, () => START, { maxBytes })).toBe(2 * KEYS);
  // Of each segment several groups of shards: all shards of this many rows would fit into one or two transactions.
  expect(merges).toBeGreaterThan(2 * 8);
  for (const interval of ["minute", "hour", "day"] as const) expect(await counted(interval)).toBe(2 * KEYS);
  await copyFile(join(dir, "kept"), join(dir, "seg_2.closed"));
  await storeSegments(db, dir, () => START, { maxBytes });
  expect(await counted("day")).toBe(2 * KEYS);
});

test("what a version without merging had stored of a segment is not stored again", async () => {
  await write("seg_1.closed", [writeLine(entry)]);
  await db.write(({ q, t }) =>
    q.insert(t.journalSegments).values({ id: "seg_1/0/0", appliedAt: START, lines: 1 }),
  );
  await store();
  expect(await counted("day")).toBe(0);
  expect(await readdir(dir)).toEqual([]);
});
