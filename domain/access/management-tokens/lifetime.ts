import { plural } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { invalid, requireFuture } from "../../errors.ts";
import { readPolicies } from "../policies/read.ts";

/** How long a token works if nothing else was chosen (docs/integrate/management-api.md). */
const DEFAULT_DAYS = 90;

/**
 * When a new or rotated token expires, epoch ms; null for never. Not given: in 90 days, or earlier if the site's policy
 * says so. Throws `invalid` for a time in the past or beyond the policy's maximum, and for null if there is a maximum.
 */
export async function expiryFor(
  tx: Tx,
  expiresAt: number | null | undefined,
  nowMs: number,
): Promise<number | null> {
  const { maxDays } = (await readPolicies(tx)).managementTokens;
  if (expiresAt === undefined) return nowMs + Math.min(DEFAULT_DAYS, maxDays ?? DEFAULT_DAYS) * DAY_MS;
  requireFuture("expiresAt", expiresAt, nowMs);
  if (maxDays !== null && (expiresAt === null || expiresAt > nowMs + maxDays * DAY_MS)) {
    throw invalid(
      "expiresAt",
      `The site's policy allows at most ${plural(maxDays, "day")}. Choose an earlier end.`,
    );
  }
  return expiresAt;
}
