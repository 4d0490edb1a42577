import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";

/** Where a server under measurement runs, and where the load comes from: each has a core to itself. */
const CORES = { server: 0, load: 1 };

/** Whether there are two cores, and `taskset` (Debian's util-linux) to keep processes on them. */
export const PINNED = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** The command that runs `command` on its core alone; as it is where processes can't be kept to one. */
export function onCore(role: keyof typeof CORES, command: string[]): [string, string[]] {
  const [program = "", ...args] = PINNED ? ["taskset", "-c", String(CORES[role]), ...command] : command;
  return [program, args];
}
