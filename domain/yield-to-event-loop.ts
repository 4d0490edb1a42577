import { setImmediate } from "node:timers/promises";

/**
 * Lets other requests run. SQLite queries never leave the thread: without this, long work in batches would block
 * every other request until its last batch.
 */
export function yieldToEventLoop(): Promise<void> {
  return setImmediate();
}
