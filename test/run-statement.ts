import { createClient } from "@libsql/client";
import { adminQuery } from "./postgres.ts";

/** Runs a statement directly on either database, for tests that break things. */
export async function runStatement(databaseUrl: string, statement: string): Promise<void> {
  if (!databaseUrl.startsWith("file:")) return adminQuery(databaseUrl, statement);
  const client = createClient({ url: databaseUrl });
  try {
    await client.execute(statement);
  } finally {
    client.close();
  }
}
