import { countLeakReport } from "../../access/accounts/throttle.ts";
import { requireUser, type Verb } from "../../context.ts";
import { recordLeaks } from "./record.ts";
import type { ReportFoundKeyInput, ReportLeaksInput } from "./schema.ts";

/** Reports what the site's own scanner found. The response says how many tokens arrived, and nothing about them. */
export async function reportLeaks({ ctx, input }: Verb<ReportLeaksInput>): Promise<{ received: number }> {
  requireUser(ctx);
  await recordLeaks(ctx, input.found, "scanner");
  return { received: input.found.length };
}

/**
 * Reports a text that anyone pasted: a key, or text that contains keys. Always returns the same answer. Throttled per
 * IP address.
 */
export async function reportFoundKey({ ctx, input }: Verb<ReportFoundKeyInput>): Promise<undefined> {
  const address = ctx.actor.kind === "system" ? null : ctx.actor.address;
  await countLeakReport(ctx.db, address, ctx.now());
  await recordLeaks(ctx, [{ token: input.key, url: input.where }], "public");
}
