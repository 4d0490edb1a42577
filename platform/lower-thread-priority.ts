import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { basename } from "node:path";

/** About a quarter of the processor time while a thread of normal priority is busy, else all of it. */
const NICE = 5;

/** Lowers the priority of the calling thread. Does nothing outside Linux, where threads have no priorities. */
export function lowerThreadPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(Number(basename(readlinkSync("/proc/thread-self"))), NICE);
  } catch {
    // Not permitted: the thread keeps its priority.
  }
}
