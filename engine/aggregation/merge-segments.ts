import type { SegmentFile } from "../journal/segments.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import { UsageAggregate } from "./aggregate-usage.ts";
import { PARTS, type PartSet } from "./parts.ts";
import { readLines } from "./read-lines.ts";

/** Maximum number of distinct values in memory, so that hostile traffic can't exhaust it: about a kilobyte each, rows to send included. */
const MAX_VALUES = 600_000;
/** Maximum number of denials in memory. They are larger. */
const MAX_DENIALS = 20_000;
/** Maximum number of segments that are merged, however few values they have: some minutes of full load. */
export const MAX_SEGMENTS = 160;

/** A segment that is not stored completely, with the parts of it that are. */
export interface PendingSegment extends SegmentFile {
  stored: PartSet;
}

export interface MergedSegments {
  segments: PendingSegment[];
  /** The sums of the parts below `usage.endPart`. */
  usage: UsageAggregate;
  denials: DenialAggregate;
}

/**
 * Aggregates as many of the first segments as fit into memory. If one alone does not, only its first parts are in the
 * sums, and `aggregateFrom` reads the next.
 */
export async function mergeSegments(waiting: readonly PendingSegment[]): Promise<MergedSegments> {
  const denials = new DenialAggregate();
  const usage = new UsageAggregate("", denials);
  const segments: PendingSegment[] = [];
  let growth = 0;
  for (const segment of waiting.slice(0, MAX_SEGMENTS)) {
    // A segment with the same keys as the last adds few values, one with other keys about as many as the last.
    if (segments.length > 0 && (usage.size + growth > MAX_VALUES || denials.size > MAX_DENIALS)) break;
    const before = usage.size;
    await addSegment(usage, segment);
    growth = usage.size - before;
    segments.push(segment);
  }
  return { segments, usage, denials };
}

/** Aggregates the parts of the segments from `startPart` on, up to the `endPart` of the result. */
export async function aggregateFrom(
  startPart: number,
  segments: readonly PendingSegment[],
): Promise<UsageAggregate> {
  const usage = new UsageAggregate("", null, startPart);
  for (const segment of segments) await addSegment(usage, segment);
  return usage;
}

async function addSegment(usage: UsageAggregate, { id, path, stored }: PendingSegment): Promise<void> {
  usage.beginSegment(id, stored);
  for await (const lines of readLines(path)) {
    for (const line of lines) usage.add(line);
    while (usage.size > MAX_VALUES && usage.endPart - usage.startPart > 1) usage.dropUpperParts();
  }
}

/** Whether the sums cover all parts. */
export function coversAllParts({ endPart }: UsageAggregate): boolean {
  return endPart === PARTS;
}
