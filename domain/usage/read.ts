import { requireProjectRole } from "../access/project-access.ts";
import type { Ctx, Verb } from "../context.ts";
import { countUsage, usageOf, withinResponse } from "./count.ts";
import { labelsOf } from "./labels.ts";
import { usageRange } from "./range.ts";
import type { ReadUsageInput } from "./schema.ts";
import type { Usage } from "./types.ts";

/**
 * A project's requests, counted in whole buckets and grouped. All pages and `GET …/usage` use it, so that they can't
 * disagree. The smallest groups are added up if the response would grow too large.
 */
export async function readUsage({ ctx, input }: Verb<ReadUsageInput>): Promise<Usage> {
  return withinResponse(await readWholeUsage(ctx, input));
}

/** The same with every group, for an export. */
export async function readWholeUsage(ctx: Ctx, input: ReadUsageInput): Promise<Usage> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const range = usageRange(input, ctx.now());
  const rows = await countUsage(ctx.db.read, input, range);
  const labels = await labelsOf(ctx.db.read, input.groupBy, [...new Set(rows.map((row) => row.group))]);
  return usageOf(rows, range, labels);
}
