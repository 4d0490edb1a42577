import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import { BUCKET_MS } from "./range.ts";
import type { KeySparklines, KeySparklinesInput } from "./schema.ts";

const DAYS = 7;

/** Allowed and denied requests of each key on the last seven days, including today. */
export async function keySparklines({ ctx, input }: Verb<KeySparklinesInput>): Promise<KeySparklines> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const today = Math.floor(ctx.now() / BUCKET_MS.day) * BUCKET_MS.day;
  const days = Array.from({ length: DAYS }, (_, index) => today - (DAYS - 1 - index) * BUCKET_MS.day);
  const rows = await q
    .select({
      keyId: t.usage.keyId,
      bucket: t.usage.bucket,
      valid: sql<number>`sum(case when ${t.usage.code} = 'VALID' then ${t.usage.count} else 0 end)`.mapWith(
        Number,
      ),
      all: sql<number>`sum(${t.usage.count})`.mapWith(Number),
    })
    .from(t.usage)
    .where(
      and(
        eq(t.usage.interval, "day"),
        eq(t.usage.projectId, input.projectId),
        gte(t.usage.bucket, today - (DAYS - 1) * BUCKET_MS.day),
        input.keyIds ? inArray(t.usage.keyId, input.keyIds) : undefined,
      ),
    )
    .groupBy(t.usage.keyId, t.usage.bucket);
  const keys: KeySparklines["keys"] = {};
  for (const { keyId, bucket, valid, all } of rows) {
    const day = days.indexOf(bucket);
    if (day < 0) continue;
    keys[keyId] ??= { valid: days.map(() => 0), denied: days.map(() => 0) };
    keys[keyId].valid[day] = valid;
    keys[keyId].denied[day] = all - valid;
  }
  return { days, keys };
}
