import { createReadStream } from "node:fs";
import type { SegmentFile } from "../journal/segments.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { UsageAggregate } from "./aggregate-usage.ts";

/**
 * The most distinct values of a batch, so that hostile traffic can't exhaust memory. Where a segment is split depends
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
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    // Not `readline`: it also splits at Unicode line separators, which an operation may contain.
    const lines = `${rest}${chunk}`.split("\n");
    // An incomplete line. At the end of the file, the process died while it wrote it.
    rest = lines.pop() ?? "";
    for (const line of lines) {
      batch.add(line);
      if (batch.size < MAX_BATCH_VALUES) continue;
      yield batch;
      batch = new UsageAggregate(`${id}/${++index}`, denials);
    }
  }
  if (batch.lines > 0) yield batch;
}
