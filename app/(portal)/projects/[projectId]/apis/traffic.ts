import { DAY_MS } from "#core/time.ts";
import "server-only";
import type { Verb } from "#domain/context.ts";
import { readUsage } from "#domain/usage/read.ts";

/** A project's traffic to one API. */
export interface ApiTraffic {
  requests: number;
  keys: number;
}

/** Valid requests in the last 24 hours and their keys: what stops when the API is disabled. */
export async function readApiTraffic({
  ctx,
  input,
}: Verb<{ projectId: string; slug: string }>): Promise<ApiTraffic> {
  const now = ctx.now();
  const { projectId, slug: api } = input;
  const usage = await readUsage({
    ctx,
    input: {
      projectId,
      api,
      code: "VALID",
      groupBy: "key",
      limit: 1,
      interval: "hour",
      from: now - DAY_MS,
      to: now,
    },
  });
  return { requests: usage.total, keys: usage.groups };
}
