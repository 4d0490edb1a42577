import { getHeapStatistics } from "node:v8";
import type { SegmentFile } from "../journal/segments.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import { UsageAggregate } from "./aggregate-usage.ts";
import type { ShardSet } from "./key-shards.ts";
import { readLines } from "./read-lines.ts";

/**
 * The memory that the sums of a merge may take, bytes, so that neither many keys nor hostile traffic can exhaust it. In a
 * small heap a third of it, because rows that are sent and garbage need memory too.
 */
export const MAX_BYTES = Math.min(280 * 2 ** 20, getHeapStatistics().heap_size_limit / 3);
/** Maximum number of denials in memory. They are larger. */
const MAX_DENIALS = 20_000;
/** Maximum number of segments that are merged, however little memory they need: some minutes of full load. */
export const MAX_SEGMENTS = 160;

/** A segment that is not stored completely, with the shards of it that are. */
export interface PendingSegment extends SegmentFile {
  stored: ShardSet;
}

/** Lines between two calls of `pause`: some tenths of a millisecond. */
const LINES_PER_PAUSE = 50;

export interface MergedSegments {
  segments: PendingSegment[];
  /** The sums of the shards below `usage.endShard`. */
  usage: UsageAggregate;
  denials: DenialAggregate;
}

/**
 * Aggregates as many of the first segments as fit into memory. If one alone does not, only its first shards are in the
 * sums, and `aggregateFrom` reads the next. Calls `pause` after every few lines.
 */
export async function mergeSegments(
  waiting: readonly PendingSegment[],
  maxBytes: number,
  pause = () => {},
): Promise<MergedSegments> {
  const denials = new DenialAggregate();
  const usage = new UsageAggregate("", denials);
  const segments: PendingSegment[] = [];
  const growths: number[] = [];
  for (const segment of waiting.slice(0, MAX_SEGMENTS)) {
    const isFull = usage.bytes + nextGrowth(growths) > maxBytes || denials.size > MAX_DENIALS;
    if (segments.length > 0 && isFull) break;
    const before = usage.bytes;
    await addSegment(usage, segment, maxBytes, pause);
    growths.push(usage.bytes - before);
    segments.push(segment);
  }
  return { segments, usage, denials };
}

/**
 * How much the next segment probably adds to the sums, bytes. The more keys the segments have in common, the faster this
 * declines from each segment to the next. If it is more, the sums are computed in several passes.
 */
function nextGrowth(growths: readonly number[]): number {
  const [last = 0, before = 2 * last] = [growths.at(-1), growths.at(-2)];
  return last * Math.min(1, last / Math.max(1, before));
}

/** Aggregates the shards of the segments from `startShard` on, up to the `endShard` of the result. */
export async function aggregateFrom(
  startShard: number,
  segments: readonly PendingSegment[],
  maxBytes: number,
  pause = () => {},
): Promise<UsageAggregate> {
  const usage = new UsageAggregate("", null, startShard);
  for (const segment of segments) await addSegment(usage, segment, maxBytes, pause);
  return usage;
}

async function addSegment(
  usage: UsageAggregate,
  { id, path, stored }: PendingSegment,
  maxBytes: number,
  pause: () => void,
): Promise<void> {
  let read = 0;
  usage.beginSegment(id, stored);
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      usage.add(line);
      read++;
      if (read % LINES_PER_PAUSE === 0) pause();
    }
    while (usage.bytes > maxBytes && usage.endShard - usage.startShard > 1) usage.dropUpperShards();
  }
}
