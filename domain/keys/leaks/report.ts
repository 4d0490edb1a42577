import { countReport } from "../../access/accounts/throttle.ts";
import { requireUser, type Verb } from "../../context.ts";
import { recordLeaks } from "./record.ts";
import type { ReportFoundKeyInput, ReportLeaksInput } from "./schema.ts";

/** Takes what one's own scanner found. The answer says how much came, and nothing of what it was. */
export async function reportLeaks({ ctx, input }: Verb<ReportLeaksInput>): Promise<{ received: number }> {
  requireUser(ctx);
  await recordLeaks(ctx, input.found, "scanner");
  return { received: input.found.length };
}

/** Takes what anybody found and pasted: a key, or a text with keys in it. Always the same answer; slowed down by address. */
export async function reportFoundKey({ ctx, input }: Verb<ReportFoundKeyInput>): Promise<undefined> {
  const address = ctx.actor.kind === "system" ? null : ctx.actor.address;
  await countReport(ctx.db, address, ctx.now());
  await recordLeaks(ctx, [{ token: input.key, url: input.where }], "public");
}
