import { setTimeout as sleep } from "node:timers/promises";
import { isBusy } from "./errors.ts";

const MAX_WAIT_MS = 10_000;
const MIN_PAUSE_MS = 2;
const MAX_PAUSE_MS = 20;

/**
 * Repeats `work` while another process has locked the SQLite file, for ten seconds at most, without blocking the event
 * loop. Calls `between` before each repetition.
 */
export async function retryBusy<T>(
  work: () => Promise<T>,
  between: () => Promise<void> = async () => {},
): Promise<T> {
  const deadline = performance.now() + MAX_WAIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await sleep(MIN_PAUSE_MS + Math.random() * (MAX_PAUSE_MS - MIN_PAUSE_MS));
      await between();
    }
  }
}
