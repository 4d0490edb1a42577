import { BUCKET_MS, startOf } from "#core/time.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import type { KeySparklines, KeySparklinesInput } from "./schema.ts";

const DAYS = 7;

/** Allowed and denied requests of each key on the last seven days, including today. */
export async function keySparklines({ ctx, input }: Verb<KeySparklinesInput>): Promise<KeySparklines> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const today = startOf(BUCKET_MS.day, ctx.now());
  const days = Array.from({ length: DAYS }, (_, index) => today - (DAYS - 1 - index) * BUCKET_MS.day);
  const rows = await sumUsage(ctx.db.read, {
    buckets: [{ interval: "day", from: today - (DAYS - 1) * BUCKET_MS.day }],
    where: { projectId: [input.projectId], keyId: input.keyIds },
    by: ["keyId", "bucket"],
    sums: ["checks", "denied"],
  });
  const keys: KeySparklines["keys"] = {};
  for (const { keyId, bucket, checks, denied } of rows) {
    const day = days.indexOf(bucket);
    if (day < 0) continue;
    keys[keyId] ??= { valid: days.map(() => 0), denied: days.map(() => 0) };
    keys[keyId].valid[day] = checks - denied;
    keys[keyId].denied[day] = denied;
  }
  return { days, keys };
}
