import { ensureBuild } from "#cli/build.ts";
import { startPostgres } from "#test/postgres.ts";

/**
 * Builds the pages before any journey's timeout runs, and starts a real Postgres: the one that `TEST_DATABASE_URL`
 * names, else one of the journeys' own.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await ensureBuild();
  const server = await startPostgres();
  process.env.E2E_POSTGRES_URL = server.url;
  return () => server.stop();
}
