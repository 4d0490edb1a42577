import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";

interface LeakedAmongInput {
  projectId: string;
  /** One page of them. */
  keyIds: string[];
}

/** Of some keys, those of which a secret was found in public that has not lapsed: whatever state the key is in. */
export async function leakedAmong({ ctx, input }: Verb<LeakedAmongInput>): Promise<string[]> {
  const { q, t } = ctx.db.read;
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const { leaks, secrets } = t;
  const rows = await q
    .selectDistinct({ keyId: leaks.keyId })
    .from(leaks)
    .innerJoin(secrets, eq(secrets.id, leaks.secretId))
    .where(
      and(
        eq(leaks.projectId, input.projectId),
        inArray(leaks.keyId, input.keyIds),
        or(isNull(secrets.lapsesAt), gt(secrets.lapsesAt, ctx.now())),
      ),
    );
  return rows.map(({ keyId }) => keyId);
}
