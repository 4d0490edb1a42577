import { startPostgres } from "#test/postgres.ts";

/** A real Postgres for the journeys: the one that `TEST_DATABASE_URL` names, else one of their own. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  process.env.E2E_POSTGRES_URL = server.url;
  return () => server.stop();
}
