import { asc, count, eq, type SQL } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { readPolicies } from "../../../access/policies/read.ts";
import { requireAdmin, type Verb } from "../../../context.ts";
import { idle } from "../unused/filter.ts";
import type { DryRunUnusedInput, StepPreview, UnusedDryRun } from "../unused/schema.ts";
import { type UnusedKeyStep, whereStepDue, whereWaiting } from "./unused-steps.ts";

/** As many keys as a person can review before enabling a rule. */
const SHOWN = 100;

/** What the policy for unused keys would do if it ran now. Changes nothing. Administrators only. */
export async function dryRunUnused({ ctx, input }: Verb<DryRunUnusedInput>): Promise<UnusedDryRun> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  const now = ctx.now();
  const rule = input.rule ?? (await readPolicies(scope)).unusedKeys;
  const preview = (step: UnusedKeyStep) => previewOf(scope, whereStepDue(scope, rule, step, now));
  return {
    warn: await preview("warn"),
    disable: await preview("disable"),
    revoke: await preview("revoke"),
    waiting: await previewOf(scope, whereWaiting(scope, rule, now)),
  };
}

async function previewOf(scope: Scope, matching: SQL | undefined): Promise<StepPreview> {
  if (matching === undefined) return { count: 0, first: [] };
  const { keys, projects } = scope.t;
  const [counted] = await scope.q.select({ n: count() }).from(keys).where(matching);
  const first = await scope.q
    .select({
      id: keys.id,
      name: keys.name,
      projectId: projects.id,
      projectName: projects.name,
      idle: idle(scope),
    })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .where(matching)
    .orderBy(asc(idle(scope)), asc(keys.id))
    .limit(SHOWN);
  return {
    count: counted?.n ?? 0,
    first: first.map(({ id, name, projectId, projectName, idle: since }) => ({
      id,
      name,
      project: { id: projectId, name: projectName },
      idleSince: iso(since),
    })),
  };
}
