import pg from "pg";
import { TRANSACTION_TIMEOUT_MS } from "./transaction-timeout.ts";

/** Options of every Postgres connection, so that nothing hangs. */
const CLIENT_OPTIONS: pg.ClientConfig = {
  application_name: "latchkey",
  connectionTimeoutMillis: 5_000,
  query_timeout: 20_000,
  keepAlive: true,
};
/** Enforced by the server, which ends transactions whose client has disappeared. */
const SERVER_TIMEOUTS: pg.ClientConfig = {
  statement_timeout: TRANSACTION_TIMEOUT_MS,
  idle_in_transaction_session_timeout: TRANSACTION_TIMEOUT_MS,
};

/** Calls `open` with all options, and again without the server's timeouts if a pooler rejects them. */
export async function withTimeouts<T>(
  url: string,
  open: (config: pg.ClientConfig) => Promise<T>,
): Promise<T> {
  const config = { connectionString: url, ...CLIENT_OPTIONS };
  try {
    return await open({ ...config, ...SERVER_TIMEOUTS });
  } catch (error) {
    if (!isRejectedByPooler(error)) throw error;
    return open(config);
  }
}

/** Opens one connection. A lost connection fails its next statement and emits `end`. */
export function connectClient(url: string, more: pg.ClientConfig = {}): Promise<pg.Client> {
  return withTimeouts(url, async (config) => {
    const client = new pg.Client({ ...config, ...more });
    client.on("error", () => {});
    await client.connect();
    return client;
  });
}

/** PgBouncer rejects startup parameters that it can't track for each client. */
function isRejectedByPooler(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /unsupported startup parameter/i.test(error.message);
}
