import "server-only";
import type { TrialData } from "#components/restrictions/use-trial.ts";
import type { Verb } from "#domain/context.ts";
import { listDenials } from "#domain/refusals/list.ts";
import { listDenialsSchema } from "#domain/refusals/schemas.ts";
import { readTrial } from "#domain/restrictions/trial.ts";

/** As many as one reads through; the rest is on the page of refusals. */
const LATEST = 20;

/** What the trial panel shows: the counts, and the latest calls that would have been refused. */
export async function readTrialPanel({
  ctx,
  input,
}: Verb<{ projectId: string; keyId: string }>): Promise<TrialData> {
  const atMs = ctx.now();
  const denials = listDenialsSchema.parse({ ...input, trial: true, limit: LATEST });
  const [trial, { items }] = await Promise.all([
    readTrial({ ctx, input }),
    listDenials({ ctx, input: denials }),
  ]);
  return {
    trial,
    refusals: items.map(({ id, time, code, api, operation, words, remedy }) => ({
      id,
      time,
      code,
      api,
      operation,
      words,
      remedy,
    })),
    atMs,
  };
}
