import "server-only";
import type { SitePanelData } from "#components/admin/site-usage.tsx";
import { type RangeName, usageInputOf } from "#components/usage/usage-state.ts";
import type { Verb } from "#domain/context.ts";
import { readSiteUsage } from "#domain/usage/site.ts";

/** The numbers of the panel for the whole site. */
export async function readSitePanel({ ctx, input }: Verb<{ range: RangeName }>): Promise<SitePanelData> {
  const atMs = ctx.now();
  const { usage, ...rest } = await readSiteUsage({ ctx, input: siteUsageInputOf(input.range, atMs) });
  const valid = usage.series.find(({ group }) => group === "VALID")?.total ?? 0;
  return {
    view: { range: input.range, by: "outcome" },
    usage,
    denied: usage.total - valid,
    names: {},
    atMs,
    ...rest,
  };
}

export function siteUsageInputOf(range: RangeName, nowMs: number) {
  const { groupBy: _, compare: __, ...of } = usageInputOf({ range, by: "outcome" }, nowMs);
  return { from: of.from, to: of.to, interval: of.interval };
}
