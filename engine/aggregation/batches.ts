import { createReadStream } from "node:fs";
import type { SegmentFile } from "../journal/segments.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import { UsageAggregate } from "./aggregate-usage.ts";

/**
 * What is added up before it is written, in things that a tally holds apart: memory is bounded, however
 * hostile the traffic. Where a segment is cut depends on its lines alone, so that it is cut alike every time.
 */
const HELPING = 60_000;

/** A segment added up, helping by helping. `refusals` are those of several segments. */
export async function* helpingsOf(
  { id, path }: SegmentFile,
  refusals: DenialAggregate,
): AsyncGenerator<UsageAggregate> {
  let helping = 0;
  let tally = new UsageAggregate(`${id}/${helping}`, refusals);
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    // Not `readline`: that one also breaks lines where Unicode has separators, which an operation may hold.
    const lines = `${rest}${chunk}`.split("\n");
    // What no line break ends yet; at the end of the file, what a death cut short.
    rest = lines.pop() ?? "";
    for (const line of lines) {
      tally.add(line);
      if (tally.size < HELPING) continue;
      yield tally;
      tally = new UsageAggregate(`${id}/${++helping}`, refusals);
    }
  }
  if (tally.lines > 0) yield tally;
}
