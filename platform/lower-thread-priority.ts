import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { basename } from "node:path";

/** Lowers the priority of the calling thread. Does nothing outside Linux, where threads have no priorities. */
export function lowerThreadPriority(nice: number): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(Number(basename(readlinkSync("/proc/thread-self"))), nice);
  } catch {
    // Not permitted: the thread keeps its priority.
  }
}
