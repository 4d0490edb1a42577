import { execFileSync } from "node:child_process";

/** The ids of all processes that a process has started, and that these have started. */
export function childrenOf(pid: number): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const children = rows.flatMap((row) => {
    const [child = 0, parent] = row.trim().split(/\s+/).map(Number);
    return parent === pid ? [child] : [];
  });
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}
