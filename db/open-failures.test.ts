import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sqlite3Client } from "@libsql/client/sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDb } from "./open.ts";

let dir: string;
/** The connections that the test opened. Their files are closed with the last statement that is garbage-collected. */
let clients: Set<Sqlite3Client>;
let beforeStatement: () => void;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "latchkey-open-"));
  clients = new Set();
  beforeStatement = () => {};
  const { execute } = Sqlite3Client.prototype;
  vi.spyOn(Sqlite3Client.prototype, "execute").mockImplementation(function (this: Sqlite3Client, statement) {
    clients.add(this);
    beforeStatement();
    return execute.call(this, statement);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dir, { recursive: true });
});

const areClosed = () => [...clients].map(({ closed }) => closed);

test("a file that is no database is not left open", async () => {
  const path = join(dir, "notes.txt");
  await writeFile(path, "No database. ".repeat(100));
  await expect(openDb(`file:${path}`)).rejects.toThrow("not a database");
  expect(areClosed()).toEqual([true]);
});

test("a database whose second connection fails is not left open", async () => {
  beforeStatement = () => {
    if (clients.size === 2) throw new Error("out of memory");
  };
  await expect(openDb(`file:${join(dir, "latchkey.db")}`)).rejects.toThrow("out of memory");
  expect(areClosed()).toEqual([true, true]);
});
