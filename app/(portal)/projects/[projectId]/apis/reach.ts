import "server-only";
import type { Verb } from "#domain/context.ts";
import { readUsage } from "#domain/usage/read.ts";

/** How much of a project's traffic goes to one API. */
export interface Reach {
  checks: number;
  keys: number;
}

const DAY_MS = 86_400_000;

/** Valid checks of the last 24 hours and the keys behind them: what stops when the API is disabled. */
export async function readReach({ ctx, input }: Verb<{ projectId: string; slug: string }>): Promise<Reach> {
  const now = ctx.now();
  const { projectId, slug: api } = input;
  const usage = await readUsage({
    ctx,
    input: { projectId, api, code: "VALID", groupBy: "key", interval: "hour", from: now - DAY_MS, to: now },
  });
  return { checks: usage.total, keys: usage.series.length };
}
