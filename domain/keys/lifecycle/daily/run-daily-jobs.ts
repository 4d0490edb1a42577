import { readPolicies } from "../../../access/policies/read.ts";
import { notifyDeprecations } from "../../../catalog/deprecations/notify.ts";
import type { Ctx } from "../../../context.ts";
import { applyKeyRules } from "../rules/apply.ts";
import { sendExemptionReminders } from "../rules/exemption-reminders.ts";
import { deleteUnusedPreviews } from "../sweeps/delete-previews.ts";
import { type Checkpoint, type RunResult, runOncePerDay } from "./once-per-day.ts";
import { notifyPending } from "./pending-notifications.ts";
import { applySecretAge } from "./secret-age.ts";
import { applyUnusedPolicy } from "./unused.ts";

/** Runs the daily jobs that apply the site's policies. `ctx` is the system's. */
export async function runDailyJobs(ctx: Ctx): Promise<void> {
  const { db, now } = ctx;
  const once = (name: string, work: (checkpoint: Checkpoint) => Promise<RunResult>) =>
    runOncePerDay({ db, name, now }, work);
  const { keyRules, secretAge, unusedKeys } = await readPolicies(db.read);
  await once("secret ages", (checkpoint) => applySecretAge(ctx, secretAge, checkpoint));
  await once("unused keys", (checkpoint) => applyUnusedPolicy(ctx, unusedKeys, checkpoint));
  // The name is in the database: with another one, it would run twice on the day of the update.
  await once("rules for keys", async (checkpoint) => {
    const done = await applyKeyRules(ctx, keyRules, checkpoint);
    await notifyPending(ctx, unusedKeys, checkpoint);
    return done;
  });
  await once("exemptions", (checkpoint) => sendExemptionReminders(ctx, checkpoint));
  await once("deprecated operations", (checkpoint) => notifyDeprecations(ctx, checkpoint));
  await once("left previews", (checkpoint) => deleteUnusedPreviews(ctx, checkpoint));
}
