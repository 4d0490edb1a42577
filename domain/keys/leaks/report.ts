import { acceptedPrefixes } from "#core/tokens.ts";
import type { LeakSource } from "#db/tables/lifecycle.ts";
import { countLeakReport } from "../../access/accounts/throttle.ts";
import { type Ctx, ipAddressOf, requireAuthenticated, type Verb } from "../../context.ts";
import { locationsOf } from "./locations.ts";
import type { ReportedToken, ReportFoundKeyInput, ReportLeaksInput } from "./schema.ts";
import { recordSecrets } from "./secrets.ts";
import { recordTokens } from "./tokens.ts";

/** Reports what the site's own scanner found. The response says how many tokens arrived, and nothing about them. */
export async function reportLeaks({ ctx, input }: Verb<ReportLeaksInput>): Promise<{ received: number }> {
  requireAuthenticated(ctx);
  await recordLeaks(ctx, input.found, "scanner");
  return { received: input.found.length };
}

/**
 * Reports a text that anyone pasted: a key, or text that contains keys. Always returns the same answer. Throttled per
 * IP address.
 */
export async function reportFoundKey({ ctx, input }: Verb<ReportFoundKeyInput>): Promise<undefined> {
  const ipAddress = ipAddressOf(ctx);
  await countLeakReport(ctx.db, ipAddress, ctx.now());
  await recordLeaks(ctx, [{ token: input.key, url: input.where }], "public");
}

/** How many tokens are looked up per query. */
const LOOKED_UP = 500;

/**
 * Looks up the found tokens, records ours with each location, and notifies the people concerned. Returns the hashes of
 * our tokens; the tokens themselves are neither stored nor shown.
 */
export async function recordLeaks(
  ctx: Ctx,
  found: readonly Pick<ReportedToken, "token" | "url">[],
  source: LeakSource,
): Promise<Set<string>> {
  const ours = new Set<string>();
  const { secrets, tokens } = locationsOf(acceptedPrefixes(ctx.settings), found);
  for (const [locations, record] of [
    [secrets, recordSecrets],
    [tokens, recordTokens],
  ] as const) {
    const all = [...locations];
    for (let at = 0; at < all.length; at += LOOKED_UP) {
      for (const hash of await record(ctx, new Map(all.slice(at, at + LOOKED_UP)), source)) ours.add(hash);
    }
  }
  return ours;
}
