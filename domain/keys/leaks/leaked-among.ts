import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { requireProjectRole } from "../../access.ts";
import type { Verb } from "../../context.ts";
import { RESTORABLE_MS } from "../status.ts";

interface LeakedAmongInput {
  projectId: string;
  /** The keys of one page. */
  keyIds: string[];
}

/** Of these keys, those with a leaked secret that works or could work again, as in `listLeaks`. */
export async function leakedAmong({ ctx, input }: Verb<LeakedAmongInput>): Promise<string[]> {
  const { q, t } = ctx.db.read;
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { keys, leaks, secrets } = t;
  const now = ctx.now();
  const rows = await q
    .selectDistinct({ keyId: leaks.keyId })
    .from(leaks)
    .innerJoin(secrets, eq(secrets.id, leaks.secretId))
    .innerJoin(keys, eq(keys.id, leaks.keyId))
    .where(
      and(
        eq(leaks.projectId, input.projectId),
        inArray(leaks.keyId, input.keyIds),
        or(isNull(secrets.lapsesAt), gt(secrets.lapsesAt, now)),
        or(isNull(keys.revokedAt), gt(keys.revokedAt, now - RESTORABLE_MS)),
      ),
    );
  return rows.map(({ keyId }) => keyId);
}
