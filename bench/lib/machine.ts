import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";

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
