import type pg from "pg";
import { CHANGES_CHANNEL } from "./changes.ts";
import { openSqliteClient } from "./open.ts";

/** Calls back soon after another connection has committed. May call too often; must not be relied on alone. */
export interface ChangeListener {
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 25;
const RECONNECT_FIRST_MS = 100;
const RECONNECT_LONGEST_MS = 5_000;

export function openChangeListener(url: string, onWake: () => void): Promise<ChangeListener> {
  return url.startsWith("file:") ? wakeOnFile(url, onWake) : wakeOnNotify(url, onWake);
}

/** SQLite has no notices, but a number that moves when another connection has committed. */
async function wakeOnFile(url: string, onWake: () => void): Promise<ChangeListener> {
  const client = await openSqliteClient(url);
  let last: unknown;
  const timer = setInterval(async () => {
    try {
      const { rows } = await client.execute("PRAGMA data_version");
      const version = rows[0]?.[0];
      if (version !== last) onWake();
      last = version;
    } catch {
      // The reader of the feed meets the same fault, and says so.
      onWake();
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      client.close();
    },
  };
}

/** A connection of its own, because a pooled one (PgBouncer's too) may not listen. */
async function wakeOnNotify(url: string, onWake: () => void): Promise<ChangeListener> {
  const { connectClient } = await import("./connect.ts");
  let closed = false;
  let client: pg.Client | undefined;
  let waitMs = RECONNECT_FIRST_MS;
  let timer: NodeJS.Timeout | undefined;

  const again = () => {
    if (closed) return;
    timer = setTimeout(listen, waitMs);
    timer.unref();
    waitMs = Math.min(RECONNECT_LONGEST_MS, waitMs * 2);
  };
  async function listen(): Promise<void> {
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      client?.end().catch(() => {});
      client = undefined;
      again();
    };
    try {
      client = await connectClient(url);
      client.on("end", lose);
      client.on("notification", onWake);
      if (closed) return lose();
      await client.query(`listen ${CHANGES_CHANNEL}`);
      waitMs = RECONNECT_FIRST_MS;
      // What was committed while nobody listened.
      onWake();
    } catch {
      lose();
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
