import { readPolicies } from "../../../access/policies/read.ts";
import type { Ctx } from "../../../context.ts";
import { deleteUnusedPreviews } from "../sweeps/delete-previews.ts";
import { type GoOn, type RunResult, runOncePerDay } from "./once-per-day.ts";
import { applySecretAge } from "./secret-age.ts";
import { applyUnusedRule } from "./unused.ts";

/** Runs the daily jobs that apply the site's policies. `ctx` is the system's. */
export async function runDailyJobs(ctx: Ctx): Promise<void> {
  const { db, now } = ctx;
  const once = (name: string, work: (goOn: GoOn) => Promise<RunResult>) =>
    runOncePerDay({ db, name, now }, work);
  const { secretAge, unusedKeys } = await readPolicies(db.read);
  await once("secret ages", (goOn) => applySecretAge(ctx, secretAge, goOn));
  await once("unused keys", (goOn) => applyUnusedRule(ctx, unusedKeys, goOn));
  await once("left previews", (goOn) => deleteUnusedPreviews(ctx, goOn));
}
