import { statfs } from "node:fs/promises";

/** The file system of a folder, bytes. `free` is what this process may use. */
export interface DiskSpace {
  free: number;
  total: number;
}

/** Rejects if the folder can't be read. */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
}
