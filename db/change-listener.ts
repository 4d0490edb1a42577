import type pg from "pg";
import { CHANGES_CHANNEL } from "./changes.ts";
import { openSqliteClient } from "./sqlite-client.ts";

/** Calls back soon after another connection has committed. Calls may be missing or too many: also poll the feed. */
export interface ChangeListener {
  close(): Promise<void>;
}

const POLL_INTERVAL_MS = 25;
const MIN_RECONNECT_DELAY_MS = 100;
const MAX_RECONNECT_DELAY_MS = 5_000;

/** Listens for commits of other connections at `url`, until `close`. Reconnects to Postgres automatically. */
export function openChangeListener(url: string, onChange: () => void): Promise<ChangeListener> {
  return url.startsWith("file:") ? listenToFile(url, onChange) : listenToPostgres(url, onChange);
}

/** SQLite has no notifications, but `data_version` changes when another connection commits. */
async function listenToFile(url: string, onChange: () => void): Promise<ChangeListener> {
  const client = await openSqliteClient(url);
  let last: unknown;
  const timer = setInterval(async () => {
    try {
      const { rows } = await client.execute("PRAGMA data_version");
      const version = rows[0]?.[0];
      if (version !== last) onChange();
      last = version;
    } catch {
      // The reader of the feed gets the same error and reports it.
      onChange();
    }
  }, POLL_INTERVAL_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      client.close();
    },
  };
}

/** Uses a dedicated connection, because pooled ones (also PgBouncer's) can't listen. */
async function listenToPostgres(url: string, onChange: () => void): Promise<ChangeListener> {
  const { connectClient } = await import("./connect.ts");
  let closed = false;
  let client: pg.Client | undefined;
  let waitMs = MIN_RECONNECT_DELAY_MS;
  let timer: NodeJS.Timeout | undefined;

  const reconnectLater = () => {
    if (closed) return;
    timer = setTimeout(listen, waitMs);
    timer.unref();
    waitMs = Math.min(MAX_RECONNECT_DELAY_MS, waitMs * 2);
  };
  async function listen(): Promise<void> {
    let lost = false;
    const reconnect = () => {
      if (lost) return;
      lost = true;
      client?.end().catch(() => {});
      client = undefined;
      reconnectLater();
    };
    try {
      client = await connectClient(url);
      client.on("end", reconnect);
      client.on("notification", onChange);
      if (closed) return reconnect();
      await client.query(`listen ${CHANGES_CHANNEL}`);
      waitMs = MIN_RECONNECT_DELAY_MS;
      // Changes may have been committed before listening started.
      onChange();
    } catch {
      reconnect();
    }
  }
  await listen();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
