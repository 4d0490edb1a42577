import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTestDatabase } from "#test/db.ts";
import { openDb } from "./open.ts";

const WRITER = join(import.meta.dirname, "../test/write-changes.ts");

test("two processes that write as fast as they can lose no write and see no error", async () => {
  const url = await makeTestDatabase();
  const each = 150;
  await Promise.all(["portal", "verifier"].map((name) => write(url, name, each)));
  const db = await openDb(url);
  const rows = await db.read.q.select().from(db.read.t.changes);
  await db.close();
  expect(new Set(rows.map((row) => row.subject)).size).toBe(2 * each);
  expect(rows).toHaveLength(2 * each);
});

/** A process that writes `count` changes. Rejects with its output if it fails. */
async function write(url: string, name: string, count: number): Promise<void> {
  const child = spawn(process.execPath, [WRITER, url, name, String(count)], {
    stdio: ["ignore", "inherit", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${errors}`);
}
