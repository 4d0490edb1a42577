import "server-only";
import { type PanelData, type UsageView, usageInputOf } from "#components/usage/usage-state.ts";
import type { Ctx, Verb } from "#domain/context.ts";
import { readUsage } from "#domain/usage/read.ts";
import type { Usage } from "#domain/usage/schema.ts";

interface PanelInput {
  projectId: string;
  keyId?: string | undefined;
  view: UsageView;
}

/** What the usage panel shows, by the same verb as `GET …/usage`. */
export async function readUsagePanel({ ctx, input }: Verb<PanelInput>): Promise<PanelData> {
  const atMs = ctx.now();
  const usage = await readUsage({ ctx, input: panelUsageInput(input, atMs) });
  return { view: input.view, usage, denied: await countDenied(ctx, input, usage, atMs), atMs };
}

/** The input of `readUsage` for a view of a project, or of one key. */
export function panelUsageInput({ projectId, keyId, view }: PanelInput, nowMs: number) {
  return { projectId, keyId, ...usageInputOf(view, nowMs) };
}

async function countDenied(ctx: Ctx, input: PanelInput, usage: Usage, atMs: number): Promise<number> {
  if (input.view.by === "outcome") return usage.total - validOf(usage);
  const byOutcome = panelUsageInput({ ...input, view: { ...input.view, by: "outcome" } }, atMs);
  const valid = validOf(await readUsage({ ctx, input: { ...byOutcome, code: "VALID" } }));
  // A request counted between the two reads must not show as a negative number.
  return Math.max(0, usage.total - valid);
}

function validOf(usage: Usage): number {
  return usage.series.find(({ group }) => group === "VALID")?.total ?? 0;
}
