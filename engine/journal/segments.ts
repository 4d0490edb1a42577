import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** How the name of a segment ends while it is written, and once it is whole. */
export const OPEN = ".open";
export const CLOSED = ".closed";
/** Directories of dead processes, taken over whole. */
export const TAKEN = "taken-";

export interface SegmentFile {
  /** Its own name: the note that it was counted. */
  id: string;
  path: string;
}

/** Segments in `dir` that nobody writes any more: closed ones, and every one of a dead process. */
export async function finishedSegments(dir: string, dead = false): Promise<SegmentFile[]> {
  const found: SegmentFile[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      if (entry.name.startsWith(TAKEN)) found.push(...(await finishedSegments(path, true)));
    } else if (entry.name.endsWith(CLOSED)) {
      found.push({ id: entry.name.slice(0, -CLOSED.length), path });
    } else if (dead && entry.name.endsWith(OPEN)) {
      found.push({ id: entry.name.slice(0, -OPEN.length), path });
    }
  }
  return found;
}

/** What waits below `dir` to be counted: what is written now, and whatever the database did not take yet. */
export async function uncounted(dir: string, nowMs: number): Promise<{ bytes: number; ageMs: number }> {
  let [bytes, oldestMs] = [0, nowMs];
  for (const { path } of await finishedSegments(dir, true)) {
    // Counted and deleted meanwhile, or renamed by being closed: the next look finds it.
    const file = await stat(path).catch(() => null);
    if (file === null) continue;
    bytes += file.size;
    oldestMs = Math.min(oldestMs, file.mtimeMs);
  }
  return { bytes, ageMs: nowMs - oldestMs };
}
