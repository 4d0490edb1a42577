import { createClient } from "@libsql/client";
import { adminQuery } from "./postgres.ts";

/** One statement that no verb of ours makes, on whichever database: tests break things with it. */
export async function runStatement(databaseUrl: string, statement: string): Promise<void> {
  if (!databaseUrl.startsWith("file:")) return adminQuery(databaseUrl, statement);
  const client = createClient({ url: databaseUrl });
  try {
    await client.execute(statement);
  } finally {
    client.close();
  }
}
