import { spawnSync } from "node:child_process";
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";

/** Describes the machine and its load before the measurement. */
export function machine(): { lines: string[]; quiet: boolean } {
  const cores = cpus();
  const [load = 0] = loadavg();
  const quiet = load < 0.5;
  return {
    quiet,
    lines: [
      `${cores.length} cores, ${cores[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
      `load average of the minute before: ${load.toFixed(2)}${quiet ? "" : " (not quiet: the figures are provisional)"}`,
    ],
  };
}

/** The server under measurement and the load generator each have a separate core. */
const CORES = { server: 0, load: 1 };

/** Whether there are two cores, and `taskset` (Debian's util-linux) to keep processes on them. */
export const PINNED = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

/** Pins `command` to its core; returns it unchanged where that is not possible. */
export function onCore(role: keyof typeof CORES, command: string[]): [string, string[]] {
  const [program = "", ...args] = PINNED ? ["taskset", "-c", String(CORES[role]), ...command] : command;
  return [program, args];
}
