import "server-only";
import type { ReportOnlyData } from "#components/restrictions/use-report-only.ts";
import type { Verb } from "#domain/context.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import { listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { readReportOnlyCounts } from "#domain/keys/restrictions/report-only.ts";

/** Enough to read through; the page of denied requests has the rest. */
const LATEST = 20;

/** What the report-only panel shows: the counts, and the latest requests that would have been denied. */
export async function readReportOnlyPanel({
  ctx,
  input,
}: Verb<{ projectId: string; keyId: string }>): Promise<ReportOnlyData> {
  const atMs = ctx.now();
  const counts = await readReportOnlyCounts({ ctx, input });
  const since = counts.since ?? new Date(atMs).toISOString();
  const denials = listDenialsSchema.parse({ ...input, trial: true, limit: LATEST, from: since });
  const { items } = await listDenials({ ctx, input: denials });
  return {
    counts,
    denials: items.map(({ id, time, code, api, operation, words, remedy, noRemedy }) => ({
      id,
      time,
      code,
      api,
      operation,
      words,
      remedy,
      noRemedy,
    })),
    atMs,
  };
}
