import { and, desc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { mustFindKey } from "../find.ts";
import type { KeyRef } from "../schema.ts";
import { isPastRestore, keyStatusOf, RESTORABLE_MS } from "../status.ts";
import type { LeakList } from "./schema.ts";

const SHOWN = 50;

/** Where a key's secrets were found, latest first. */
export async function listLeaks({ ctx, input }: Verb<KeyRef>): Promise<LeakList> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const key = await mustFindKey(scope, input);
  const { leaks, secrets } = scope.t;
  const now = ctx.now();
  const rows = await scope.q
    .select({ leak: leaks, hint: secrets.hint, lapsesAt: secrets.overlapEndsAt })
    .from(leaks)
    .innerJoin(secrets, eq(secrets.id, leaks.secretId))
    .where(eq(leaks.keyId, key.id))
    .orderBy(desc(leaks.at), desc(leaks.id))
    .limit(SHOWN);
  const isActive = keyStatusOf(key, now) === "active";
  const isRestorable = !isPastRestore(key, now);
  return {
    items: rows.map(({ leak, hint, lapsesAt }) => {
      const alive = isRestorable && (lapsesAt === null || lapsesAt > now);
      return {
        id: leak.id,
        time: iso(leak.at),
        hint,
        source: leak.source,
        url: leak.url,
        works: isActive && alive,
        alive,
      };
    }),
  };
}

interface ListLeakedKeyIdsInput {
  projectId: string;
  /** The keys of one page. */
  keyIds: string[];
}

/** Of these keys, those with a leaked secret that works or could work again, as in `listLeaks`. */
export async function listLeakedKeyIds({ ctx, input }: Verb<ListLeakedKeyIdsInput>): Promise<string[]> {
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
        or(isNull(secrets.overlapEndsAt), gt(secrets.overlapEndsAt, now)),
        or(isNull(keys.revokedAt), gt(keys.revokedAt, now - RESTORABLE_MS)),
      ),
    );
  return rows.map(({ keyId }) => keyId);
}
