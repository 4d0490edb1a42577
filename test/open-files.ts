import { readdir, readlink } from "node:fs/promises";

/** What this process has open, sorted: paths of files and directories, and sockets. Empty if the system is not Linux. */
export async function openFiles(): Promise<string[]> {
  if (process.platform !== "linux") return [];
  const names = await readdir("/proc/self/fd");
  // The directory that is being read is closed meanwhile.
  const paths = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")));
  return paths.filter((path) => path !== "").sort();
}
