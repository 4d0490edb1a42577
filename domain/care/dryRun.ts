import { and, asc, count, eq } from "drizzle-orm";
import { z } from "zod";
import { requireAdmin, type Verb } from "../context.ts";
import { readPolicies } from "../policies/read.ts";
import { unusedKeysSchema } from "../policies/schemas.ts";
import { iso } from "../time.ts";
import { idle } from "../unused/filter.ts";
import { type Step, touchedBy, warnedUntil } from "./unused.ts";

export const dryRunUnusedSchema = z.strictObject({
  /** A draft; the rule in force where it is left out. */
  rule: unusedKeysSchema.optional(),
});
type DryRunUnusedInput = z.output<typeof dryRunUnusedSchema>;

/** What one step of the rule would do now. */
export interface StepPreview {
  count: number;
  /** The longest unused of them. */
  first: { id: string; name: string; project: { id: string; name: string }; idleSince: string }[];
}

export type UnusedDryRun = Record<Step, StepPreview>;

/** As many keys as one can look at before a rule is switched on. */
const SHOWN = 100;

/** What the rule for unused keys would do if it ran now. Nothing is changed. Administrators only. */
export async function dryRunUnused({ ctx, input }: Verb<DryRunUnusedInput>): Promise<UnusedDryRun> {
  requireAdmin(ctx);
  const scope = ctx.db.read;
  const { keys, projects } = scope.t;
  const rule = input.rule ?? (await readPolicies(scope)).unusedKeys;
  const since = await warnedUntil(scope);
  const preview = async (step: Step): Promise<StepPreview> => {
    const matching = touchedBy(scope, rule, step, since, ctx.now());
    if (matching === undefined) return { count: 0, first: [] };
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
      .where(and(matching))
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
  };
  return { warn: await preview("warn"), disable: await preview("disable"), revoke: await preview("revoke") };
}
