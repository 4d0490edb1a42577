import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuild } from "#cli/build.ts";
import { startPostgres } from "#test/postgres.ts";
import { createDemoDatabases } from "./demo-databases.ts";

/**
 * Builds the pages before any journey's timeout starts, connects to a real Postgres (that of
 * `TEST_DATABASE_URL`, or a new one), and writes the demo's data to both databases.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-e2e-"));
  const startWithDemo = async () => {
    const server = await startPostgres();
    await createDemoDatabases(folder, server.url);
    return server;
  };
  const [server] = await Promise.all([startWithDemo(), ensureBuild()]);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
