import { asc, eq, sql } from "drizzle-orm";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import type { ProjectRef } from "../projects/schema.ts";

/** How many keys can be selected from; other keys are reached from their own page. */
const NAMES_LISTED = 200;

/** Ids and names of a project's keys, including revoked ones, by name. */
export async function listKeyNames({
  ctx,
  input,
}: Verb<ProjectRef>): Promise<{ items: { id: string; name: string }[] }> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { keys } = ctx.db.read.t;
  const items = await ctx.db.read.q
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(eq(keys.projectId, input.projectId))
    .orderBy(asc(sql`lower(${keys.name})`), asc(keys.id))
    .limit(NAMES_LISTED);
  return { items };
}
