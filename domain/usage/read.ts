import { requireProjectRole } from "../access.ts";
import type { Ctx, Verb } from "../context.ts";
import { countUsage, usageOf, withinAnswer } from "./count.ts";
import { labelsOf } from "./labels.ts";
import { usageRange } from "./range.ts";
import type { ReadUsageInput } from "./schema.ts";
import type { Usage } from "./types.ts";

/**
 * Counted checks of a project in whole buckets, grouped. What every page shows and `GET …/usage` answers,
 * so that no two of them can disagree. The smallest groups are added up where the answer would grow too large.
 */
export async function readUsage({ ctx, input }: Verb<ReadUsageInput>): Promise<Usage> {
  return withinAnswer(await readWholeUsage(ctx, input));
}

/** The same with every group, for a file. */
export async function readWholeUsage(ctx: Ctx, input: ReadUsageInput): Promise<Usage> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const range = usageRange(input, ctx.now());
  const rows = await countUsage(ctx.db.read, input, range);
  const labels = await labelsOf(ctx.db.read, input.groupBy, [...new Set(rows.map((row) => row.group))]);
  return usageOf(rows, range, labels);
}
