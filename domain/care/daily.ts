import { and, eq, lt } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { readPolicies } from "../policies/read.ts";
import { remindOfExpiries } from "./expiring.ts";
import { onceADay } from "./onceADay.ts";
import { applySecretAge } from "./secretAge.ts";
import { applyUnusedRule, UNUSED_RUN } from "./unused.ts";

const WEEK_MS = 7 * 86_400_000;

/** What is done by itself, once a day: reminders, and what the site's rules say. `ctx` is the system's. */
export async function dailyCare(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const once = (name: string, work: () => Promise<Record<string, number>>) =>
    onceADay(ctx.db, name, now, work);
  await once("expiries", async () => ({ told: await remindOfExpiries(ctx) }));
  const { secretAge, unusedKeys } = await readPolicies(ctx.db.read);
  await once("secret ages", () => applySecretAge(ctx, secretAge));
  await once(UNUSED_RUN, () => applyUnusedRule(ctx, unusedKeys));
  await once("left previews", () => forgetPreviews(ctx));
}

/** Sweeps that were looked at and never begun. */
async function forgetPreviews(ctx: Ctx): Promise<{ forgotten: number }> {
  const gone = await ctx.db.write(({ q, t: { sweeps } }) =>
    q
      .delete(sweeps)
      .where(and(eq(sweeps.state, "preview"), lt(sweeps.createdAt, ctx.now() - WEEK_MS)))
      .returning({ id: sweeps.id }),
  );
  return { forgotten: gone.length };
}
