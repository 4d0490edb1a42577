import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrateDb } from "#db/migrate.ts";
import { defineTestFunctions, type TestPostgres } from "./database-reuse.ts";
import { adminQuery, startPostgres, withDatabase } from "./postgres.ts";

/** Starts a real Postgres with a migrated database, which every test's database is a copy of. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const template = `latchkey_template_${randomBytes(6).toString("hex")}`;
  await adminQuery(server.url, `create database ${template}`);
  const templateUrl = withDatabase(server.url, template);
  await migrateDb(templateUrl);
  await defineTestFunctions(templateUrl);
  project.provide("postgres", { serverUrl: server.url, template });
  return async () => {
    await adminQuery(server.url, `drop database ${template} with (force)`);
    await server.stop();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}
