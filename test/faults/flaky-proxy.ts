import type { Db } from "#db/open.ts";

/** A database handle that a test can disconnect. */
export interface FlakyProxy {
  db: Db;
  /** Every later read and write fails. */
  disconnect(): void;
  reconnect(): void;
  /**
   * `writes` more writes succeed. The next one fails for the caller, committed or not as `lastCommits` says, and then
   * the database is disconnected.
   */
  disconnectAfter(writes: number, lastCommits: boolean): void;
}

export function flakyProxy(real: Db): FlakyProxy {
  let left = Number.POSITIVE_INFINITY;
  let lastCommits = false;
  let isDisconnected = false;
  const requireConnection = () => {
    if (isDisconnected) throw new Error("the database is unreachable");
  };
  const db: Db = {
    ...real,
    get read() {
      requireConnection();
      return real.read;
    },
    async write(work) {
      requireConnection();
      if (left-- > 0) return real.write(work);
      isDisconnected = true;
      if (lastCommits) await real.write(work);
      throw new Error("the connection to the database was lost");
    },
  };
  return {
    db,
    disconnect() {
      isDisconnected = true;
    },
    reconnect() {
      isDisconnected = false;
      left = Number.POSITIVE_INFINITY;
    },
    disconnectAfter(writes, commits) {
      left = writes;
      lastCommits = commits;
    },
  };
}
