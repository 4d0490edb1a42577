import type { SegmentFile } from "../journal/segments.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { UsageAggregate } from "./aggregate-usage.ts";
import { readLines } from "./read-lines.ts";

/**
 * Maximum number of distinct values of a batch, so that hostile traffic can't exhaust memory. Where a segment is split depends
 * only on its lines, so the batches of a segment are the same each time it is read.
 */
const MAX_BATCH_VALUES = 60_000;

/** Aggregates a segment in batches. `denials` is shared by several segments. */
export async function* readBatches(
  { id, path }: SegmentFile,
  denials: DenialAggregate,
): AsyncGenerator<UsageAggregate> {
  let index = 0;
  let batch = new UsageAggregate(`${id}/${index}`, denials);
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      batch.add(line);
      if (batch.size < MAX_BATCH_VALUES) continue;
      yield batch;
      batch = new UsageAggregate(`${id}/${++index}`, denials);
    }
  }
  if (batch.lines > 0) yield batch;
}
