import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { migrateDb } from "#db/migrate.ts";
import { adminQuery, startPostgres, withDatabase } from "./postgres.ts";

/** A real Postgres, and in it a migrated database that every test's one is a copy of. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const template = `latchkey_template_${randomBytes(6).toString("hex")}`;
  await adminQuery(server.url, `create database ${template}`);
  await migrateDb(withDatabase(server.url, template));
  project.provide("postgresUrl", server.url);
  project.provide("postgresTemplate", template);
  return async () => {
    await adminQuery(server.url, `drop database ${template} with (force)`);
    await server.stop();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
    postgresTemplate: string;
  }
}
