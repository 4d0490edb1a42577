import { and, count, eq, isNull, lte } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { SecretAgePolicy } from "#db/tables/projects.ts";
import { requireProjectRole } from "../../../access/project-access.ts";
import { type Ctx, requireAdmin, type Verb } from "../../../context.ts";
import type { DryRunSecretAgeInput, DryRunSiteSecretAgeInput, SecretAgeDryRun } from "./schema.ts";

/** How many of a project's keys a maximum secret age would affect now. Changes nothing. */
export async function dryRunSecretAge({ ctx, input }: Verb<DryRunSecretAgeInput>): Promise<SecretAgeDryRun> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "owner");
  return { tooOld: await countOlder(ctx, input.rule, input.projectId) };
}

/** The same for a site policy. Administrators only. */
export async function dryRunSiteSecretAge({
  ctx,
  input,
}: Verb<DryRunSiteSecretAgeInput>): Promise<SecretAgeDryRun> {
  requireAdmin(ctx);
  return { tooOld: await countOlder(ctx, input.rule) };
}

async function countOlder(ctx: Ctx, { maxDays }: SecretAgePolicy, projectId?: string): Promise<number> {
  const { q, t } = ctx.db.read;
  const { keys, projects, secrets } = t;
  const [row] = await q
    .select({ tooOld: count() })
    .from(secrets)
    .innerJoin(keys, and(eq(keys.id, secrets.keyId), isNull(keys.revokedAt), eq(keys.enabled, true)))
    .innerJoin(projects, and(eq(projects.id, keys.projectId), isNull(projects.deletedAt)))
    .where(
      and(
        isNull(secrets.overlapEndsAt),
        lte(secrets.createdAt, ctx.now() - maxDays * DAY_MS),
        projectId === undefined ? undefined : eq(keys.projectId, projectId),
      ),
    );
  return row?.tooOld ?? 0;
}
