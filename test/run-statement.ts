import { createClient } from "@libsql/client";
import { adminQuery } from "./postgres.ts";

/** For a server that writes to the same file meanwhile. */
const BUSY_TIMEOUT_MS = 10_000;

/** Runs a statement directly on either database, for tests that break things. */
export async function runStatement(databaseUrl: string, statement: string): Promise<void> {
  if (!databaseUrl.startsWith("file:")) return adminQuery(databaseUrl, statement);
  const client = createClient({ url: databaseUrl, timeout: BUSY_TIMEOUT_MS });
  try {
    await client.execute(statement);
  } finally {
    client.close();
  }
}
