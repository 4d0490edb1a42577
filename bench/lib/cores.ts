import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** The server under measurement and the load generator each have a separate core. */
const CORES = { server: 0, load: 1 };

/** Whether there are two cores, and `taskset` (Debian's util-linux) to keep processes on them. */
export const PINNED = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** Pins `command` to its core; returns it unchanged where that is not possible. */
export function onCore(role: keyof typeof CORES, command: string[]): [string, string[]] {
  const [program = "", ...args] = PINNED ? ["taskset", "-c", String(CORES[role]), ...command] : command;
  return [program, args];
}
