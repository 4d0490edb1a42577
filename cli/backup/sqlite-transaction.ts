import { setTimeout as sleep } from "node:timers/promises";
import type { Transaction } from "@libsql/client";
import { isBusy } from "#db/errors.ts";
import { openSqliteClient } from "#db/sqlite-client.ts";

const BUSY_TIMEOUT_MS = 60_000;
const RETRY_MS = 50;

/** Opens one transaction on a separate connection. Waits while another process writes. `close` rolls back. */
export async function openSqliteTransaction(
  url: string,
  mode: "read" | "write",
): Promise<{ tx: Transaction; close: () => Promise<void> }> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    const client = await openSqliteClient(url);
    try {
      // What a large statement needs to be undone must not fill the memory.
      await client.execute("PRAGMA temp_store = FILE");
      const tx = await client.transaction(mode);
      return {
        tx,
        close: async () => {
          tx.close();
          client.close();
        },
      };
    } catch (error) {
      client.close();
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}
