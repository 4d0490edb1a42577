import { setImmediate } from "node:timers/promises";

/**
 * Lets everybody else have a turn. Work on SQLite never leaves the thread by itself: without this, long work in parts
 * would hold up every other request until its last part.
 */
export function yieldToEventLoop(): Promise<void> {
  return setImmediate();
}
