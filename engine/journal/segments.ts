import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "#platform/error-code.ts";

/** The suffix of the file name of a segment while it is written, and when it is complete. */
export const OPEN_SUFFIX = ".open";
export const CLOSED_SUFFIX = ".closed";
/** The prefix of a directory that was claimed from a dead process. */
export const CLAIMED_PREFIX = "taken-";

export interface SegmentFile {
  /** Recorded in the database once the segment is counted. */
  id: string;
  path: string;
}

/** Finds segments in `dir` that are no longer written: closed ones, and all of a dead process. */
export async function finishedSegments(dir: string, dead = false): Promise<SegmentFile[]> {
  const found: SegmentFile[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      if (entry.name.startsWith(CLAIMED_PREFIX)) found.push(...(await finishedSegments(path, true)));
    } else if (entry.name.endsWith(CLOSED_SUFFIX)) {
      found.push({ id: entry.name.slice(0, -CLOSED_SUFFIX.length), path });
    } else if (dead && entry.name.endsWith(OPEN_SUFFIX)) {
      found.push({ id: entry.name.slice(0, -OPEN_SUFFIX.length), path });
    }
  }
  return found;
}

/**
 * Separates one file of each segment from further copies, which a restored backup can bring. A segment only grows, so
 * the largest copy has the lines of all.
 */
export async function largestOfEach(
  segments: readonly SegmentFile[],
): Promise<{ largest: SegmentFile[]; copies: SegmentFile[] }> {
  // Not with Map.groupBy: the SDK uses this on Node 20, which doesn't have it.
  const byId = new Map<string, SegmentFile[]>();
  for (const segment of segments) {
    const same = byId.get(segment.id);
    if (same === undefined) byId.set(segment.id, [segment]);
    else same.push(segment);
  }
  const largest: SegmentFile[] = [];
  const copies: SegmentFile[] = [];
  for (const same of byId.values()) {
    const [first, ...others] = same.length === 1 ? same : await largestFirst(same);
    if (first !== undefined) largest.push(first);
    copies.push(...others);
  }
  return { largest, copies };
}

async function largestFirst(segments: readonly SegmentFile[]): Promise<SegmentFile[]> {
  const sized: { segment: SegmentFile; size: number }[] = [];
  for (const segment of segments)
    sized.push({ segment, size: (await statIfExists(segment.path))?.size ?? -1 });
  return sized.sort((a, b) => b.size - a.size).map(({ segment }) => segment);
}

/** Sorts segments by the time of their last line, so that segments of the same minutes are counted together. */
export async function oldestFirst(segments: readonly SegmentFile[]): Promise<SegmentFile[]> {
  const timed: { segment: SegmentFile; at: number }[] = [];
  for (const segment of segments) {
    const file = await statIfExists(segment.path);
    if (file !== null) timed.push({ segment, at: file.mtimeMs });
  }
  return timed.sort((a, b) => a.at - b.at).map(({ segment }) => segment);
}

/** Returns the size and age of everything below `dir` that is not counted yet, including open segments. */
export async function uncounted(dir: string, nowMs: number): Promise<{ bytes: number; ageMs: number }> {
  let [bytes, oldestMs] = [0, nowMs];
  for (const { path } of await finishedSegments(dir, true)) {
    const file = await statIfExists(path);
    if (file === null) continue;
    bytes += file.size;
    oldestMs = Math.min(oldestMs, file.mtimeMs);
  }
  return { bytes, ageMs: nowMs - oldestMs };
}

/** Null if another process has counted and deleted the segment, or closed and renamed it, in the meantime. */
async function statIfExists(path: string): Promise<Stats | null> {
  return stat(path).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
}
