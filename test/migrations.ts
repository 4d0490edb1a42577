import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { onTestFinished } from "vitest";
import { openSqliteClient } from "#db/sqlite-client.ts";
import { testDialect } from "./db.ts";

interface Journal {
  entries: { tag: string }[];
}

const journalOf = (folder: string) => `${folder}/${testDialect()}/meta/_journal.json`;

/** The migrations in `folder`, in order. */
export const readJournal = (folder: string): Journal => JSON.parse(readFileSync(journalOf(folder), "utf8"));

export const MIGRATIONS = join(import.meta.dirname, "../db/migrations");
/** The number of migrations. */
export const VERSIONS = readJournal(MIGRATIONS).entries.length;

/** Runs statements as they are, one by one. */
export async function execute(url: string, statements: string[]): Promise<void> {
  if (testDialect() === "sqlite") {
    const client = await openSqliteClient(url);
    for (const statement of statements) await client.execute(statement);
    return client.close();
  }
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** A copy of the migrations that ends after the first `count`. */
export function firstMigrations(count: number): string {
  const folder = temporaryFolder();
  // Only `db:generate` reads the snapshots.
  cpSync(MIGRATIONS, folder, { recursive: true, filter: (path) => !path.endsWith("_snapshot.json") });
  const journal = readJournal(folder);
  writeFileSync(journalOf(folder), JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

/** A copy of the migrations with further ones. */
export function withMigrations(statements: string[]): string {
  const folder = firstMigrations(VERSIONS);
  const { entries, ...journal } = readJournal(folder);
  const added = statements.map((statement, at) => {
    const tag = `added_${at}`;
    writeFileSync(`${folder}/${testDialect()}/${tag}.sql`, statement);
    return { tag, when: Date.now() * 2 + at, breakpoints: true };
  });
  writeFileSync(journalOf(folder), JSON.stringify({ ...journal, entries: [...entries, ...added] }));
  return folder;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-older-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
