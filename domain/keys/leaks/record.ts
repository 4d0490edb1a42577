import type { LeakSource } from "#db/tables/lifecycle.ts";
import type { Ctx } from "../../context.ts";
import { placesOf } from "./places.ts";
import type { ReportedToken } from "./schema.ts";
import { recordSecrets } from "./secrets.ts";
import { recordTokens } from "./tokens.ts";

/** How many tokens are looked up per query. */
const LOOKED_UP = 500;

/**
 * Looks up the found tokens, records ours with each place, and notifies the people concerned. Returns the hashes of
 * our tokens; the tokens themselves are neither stored nor shown.
 */
export async function recordLeaks(
  ctx: Ctx,
  found: readonly Pick<ReportedToken, "token" | "url">[],
  source: LeakSource,
): Promise<Set<string>> {
  const ours = new Set<string>();
  const { secrets, tokens } = placesOf(ctx.settings.keyPrefix, found);
  for (const [places, record] of [
    [secrets, recordSecrets],
    [tokens, recordTokens],
  ] as const) {
    const all = [...places];
    for (let at = 0; at < all.length; at += LOOKED_UP) {
      for (const hash of await record(ctx, new Map(all.slice(at, at + LOOKED_UP)), source)) ours.add(hash);
    }
  }
  return ours;
}
