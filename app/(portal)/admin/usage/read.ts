import "server-only";
import type { SitePanelData } from "#components/admin/site-usage-types.ts";
import { questionOf, type RangeName } from "#components/usage/ranges.ts";
import type { Verb } from "#domain/context.ts";
import { readSiteUsage } from "#domain/usage/site.ts";

/** What the panel of the site's checks shows. */
export async function readSitePanel({ ctx, input }: Verb<{ range: RangeName }>): Promise<SitePanelData> {
  const atMs = ctx.now();
  const { usage, ...rest } = await readSiteUsage({ ctx, input: siteQuestion(input.range, atMs) });
  const valid = usage.series.find(({ group }) => group === "VALID")?.total ?? 0;
  return { view: { range: input.range, by: "outcome" }, usage, refused: usage.total - valid, atMs, ...rest };
}

export function siteQuestion(range: RangeName, nowMs: number) {
  const { from, to, interval } = questionOf({ range, by: "outcome" }, nowMs);
  return { from, to, interval };
}
