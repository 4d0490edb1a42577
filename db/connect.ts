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

/**
 * Whether the server ends long statements of these connections. A pooler may reject or silently drop the timeouts, and
 * the role may have its own.
 */
export async function hasTimeouts(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ ms: string }>(
    "select setting as ms from pg_settings where name = 'statement_timeout'",
  );
  const ms = Number(rows[0]?.ms);
  return ms > 0 && ms <= TRANSACTION_TIMEOUT_MS;
}

/** The timeouts as a transaction's own settings, which every pooler passes on. */
export const LOCAL_TIMEOUTS =
  `set local statement_timeout = ${TRANSACTION_TIMEOUT_MS}; ` +
  `set local idle_in_transaction_session_timeout = ${TRANSACTION_TIMEOUT_MS}`;

/** Begins a transaction with the timeouts. */
export const BEGIN_WITH_TIMEOUTS = `begin; ${LOCAL_TIMEOUTS}`;

/** Runs each query of a pool in a transaction with the timeouts. The result does not wait for the commit. */
export function withLocalTimeouts(pool: pg.Pool): Pick<pg.Pool, "query"> {
  const query = async (...call: Parameters<pg.PoolClient["query"]>) => {
    const client = await pool.connect();
    try {
      await client.query(BEGIN_WITH_TIMEOUTS);
      const result = await client.query(...call);
      client.query("commit").then(
        () => client.release(),
        () => client.release(true),
      );
      return result;
    } catch (error) {
      // Closing the connection ends the failed transaction.
      client.release(true);
      throw error;
    }
  };
  return { query: query as pg.Pool["query"] };
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
