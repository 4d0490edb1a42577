import pg from "pg";
import { MAX_DRAIN_DELAY_MS } from "./linger.ts";

/** What every Postgres connection of ours is opened with: nothing may hang. */
const ALWAYS: pg.ClientConfig = {
  application_name: "latchkey",
  connectionTimeoutMillis: 5_000,
  query_timeout: 20_000,
  keepAlive: true,
};
/** Kept to by the server, so that no transaction lingers whose client is gone. */
const SERVER_SIDE: pg.ClientConfig = {
  statement_timeout: MAX_DRAIN_DELAY_MS,
  idle_in_transaction_session_timeout: MAX_DRAIN_DELAY_MS,
};

/** `open` with all of that; once more without the server's timeouts where a pooler stands before it. */
export async function withTimeouts<T>(
  url: string,
  open: (config: pg.ClientConfig) => Promise<T>,
): Promise<T> {
  const config = { connectionString: url, ...ALWAYS };
  try {
    return await open({ ...config, ...SERVER_SIDE });
  } catch (error) {
    if (!isPoolersRefusal(error)) throw error;
    return open(config);
  }
}

/** One connection. When it breaks, its next statement says so, or the event `end`. */
export function connectClient(url: string, more: pg.ClientConfig = {}): Promise<pg.Client> {
  return withTimeouts(url, async (config) => {
    const client = new pg.Client({ ...config, ...more });
    client.on("error", () => {});
    await client.connect();
    return client;
  });
}

/** PgBouncer turns away who sets what it can't keep apart between the clients of one connection. */
function isPoolersRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /unsupported startup parameter/i.test(error.message);
}
