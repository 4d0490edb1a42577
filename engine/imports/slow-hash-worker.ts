import { parentPort } from "node:worker_threads";
import { lowerThreadPriority } from "#platform/lower-thread-priority.ts";
import { compareSlowly } from "./compare-slowly.ts";
import type { HashComparison } from "./slow-hashes.ts";

/** Verdicts on other keys have priority: a busy core leaves these threads a thirtieth of its time. */
const NICE = 15;

lowerThreadPriority(NICE);

parentPort?.on("message", ({ id, algorithm, value, token }: HashComparison) => {
  let matches: boolean | null = null;
  try {
    matches = compareSlowly(algorithm, value, token);
  } catch {
    // Not logged: the message could contain the hash. The token stays unverified.
  }
  parentPort?.postMessage({ id, matches });
});
