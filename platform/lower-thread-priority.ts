import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { basename } from "node:path";

/** A quarter of the processor where a thread of usual priority wants all of it; as much as before where none does. */
const NICE = 5;

/** Lets other threads of this process go before the one that calls. Linux alone has priorities of threads. */
export function lowerThreadPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(Number(basename(readlinkSync("/proc/thread-self"))), NICE);
  } catch {
    // Forbidden here: as on systems without it.
  }
}
