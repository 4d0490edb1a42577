import "server-only";
import { questionOf, type UsageView } from "#components/usage/ranges.ts";
import type { PanelData } from "#components/usage/types.ts";
import type { Ctx, Verb } from "#domain/context.ts";
import { readUsage } from "#domain/usage/read.ts";
import type { Usage } from "#domain/usage/types.ts";

interface PanelQuestion {
  projectId: string;
  keyId?: string | undefined;
  view: UsageView;
}

/** What the usage panel shows: the numbers of `GET …/usage`, asked the same way. */
export async function readUsagePanel({ ctx, input }: Verb<PanelQuestion>): Promise<PanelData> {
  const atMs = ctx.now();
  const usage = await readUsage({ ctx, input: usageQuestion(input, atMs) });
  return { view: input.view, usage, refused: await refusedOf(ctx, input, usage, atMs), atMs };
}

/** The question behind a view of a project's usage, or of one key's. */
export function usageQuestion({ projectId, keyId, view }: PanelQuestion, nowMs: number) {
  return { projectId, keyId, ...questionOf(view, nowMs) };
}

async function refusedOf(ctx: Ctx, input: PanelQuestion, usage: Usage, atMs: number): Promise<number> {
  if (input.view.by === "outcome") return usage.total - validOf(usage);
  const byOutcome = usageQuestion({ ...input, view: { ...input.view, by: "outcome" } }, atMs);
  const valid = validOf(await readUsage({ ctx, input: { ...byOutcome, code: "VALID" } }));
  // A check counted between the two readings must not show as a negative refusal.
  return Math.max(0, usage.total - valid);
}

function validOf(usage: Usage): number {
  return usage.series.find(({ group }) => group === "VALID")?.total ?? 0;
}
