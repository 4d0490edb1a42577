import "server-only";
import {
  type GroupName,
  type PanelData,
  USAGE_GROUPS,
  type UsageView,
  usageInputOf,
} from "#components/usage/usage-state.ts";
import type { Ctx, Verb } from "#domain/context.ts";
import { readFilterNames } from "#domain/usage/filter-names.ts";
import { readUsage } from "#domain/usage/read.ts";
import type { TopUsage, Usage } from "#domain/usage/schema.ts";
import { readTopUsage } from "#domain/usage/top.ts";

interface PanelInput {
  projectId: string;
  view: UsageView;
}

/** What the usage panel shows, by the same verb as `GET …/usage`. */
export async function readUsagePanel({ ctx, input }: Verb<PanelInput>): Promise<PanelData> {
  const atMs = ctx.now();
  const { projectId, view } = input;
  const usage = await readUsage({ ctx, input: panelUsageInput(input, atMs) });
  const [denied, names] = await Promise.all([
    countDenied(ctx, input, usage, atMs),
    readFilterNames({ ctx, input: { projectId, keyId: view.key, secretId: view.secret } }),
  ]);
  return { view, usage, denied, names, atMs };
}

/** The largest groups of a view by each label that it is not narrowed to. */
export async function readTopLists({ ctx, input }: Verb<PanelInput>): Promise<TopUsage> {
  const { projectId, view } = input;
  const { from, to, groupBy: _, compare: __, ...rest } = usageInputOf(view, ctx.now());
  const names = view.key === undefined ? LISTS_OF_PROJECT : LISTS_OF_KEY;
  const lists = names
    .filter((name) => view[name === "outcome" ? "code" : name] === undefined)
    .map((name) => USAGE_GROUPS[name]);
  return readTopUsage({ ctx, input: { projectId, from, to, ...rest, lists } });
}

/** The panel with its lists, for the first rendering. */
export async function readUsagePage(call: Verb<PanelInput>): Promise<PanelData & { top: TopUsage }> {
  const [panel, top] = await Promise.all([readUsagePanel(call), readTopLists(call)]);
  return { ...panel, top };
}

const LISTS_OF_PROJECT: GroupName[] = ["outcome", "key", "api", "operation", "externalId", "environment"];
const LISTS_OF_KEY: GroupName[] = ["outcome", "secret", "api", "operation"];

/** The input of `readUsage` for a view of a project. */
export function panelUsageInput({ projectId, view }: PanelInput, nowMs: number) {
  return { projectId, ...usageInputOf(view, nowMs) };
}

async function countDenied(ctx: Ctx, input: PanelInput, usage: Usage, atMs: number): Promise<number> {
  const { by, code, outcome } = input.view;
  if (outcome !== undefined || code !== undefined)
    return outcome === "allowed" || code === "VALID" ? 0 : usage.total;
  if (by === "outcome") return usage.total - validOf(usage);
  const byOutcome = panelUsageInput(
    { ...input, view: { ...input.view, by: "outcome", code: "VALID", compare: undefined } },
    atMs,
  );
  const valid = validOf(await readUsage({ ctx, input: byOutcome }));
  // A request counted between the two reads must not show as a negative number.
  return Math.max(0, usage.total - valid);
}

function validOf(usage: Usage): number {
  return usage.series.find(({ group }) => group === "VALID")?.total ?? 0;
}
