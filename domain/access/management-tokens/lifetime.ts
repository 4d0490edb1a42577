import { DAY_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { invalid } from "../../errors.ts";
import { readPolicies } from "../policies/read.ts";

/** How long a token works if nothing else was chosen (contract, section 12). */
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
  const latest = maxDays === null ? null : nowMs + maxDays * DAY_MS;
  if (expiresAt === undefined) return nowMs + Math.min(DEFAULT_DAYS, maxDays ?? DEFAULT_DAYS) * DAY_MS;
  if (expiresAt !== null && expiresAt <= nowMs) throw invalid("expiresAt", "Choose a time in the future.");
  if (latest !== null && (expiresAt === null || expiresAt > latest)) {
    throw invalid(
      "expiresAt",
      `The site's policy allows at most ${maxDays === 1 ? "1 day" : `${maxDays} days`}. Choose an earlier end.`,
    );
  }
  return expiresAt;
}
