import type { EventData } from "#core/events.ts";
import { formatUtcDate } from "#core/format-utc.ts";

/** What owners do about a key that waits for an approval. */
export const APPROVAL_TEXT = "Live keys need the approval of an owner. Until then, they can't be used.";

/** What follows for keys that break a rule; `which` of them ends first. */
export function ruleText({ endAt }: EventData, which: string): string {
  return typeof endAt === "string"
    ? `Unless changed, ${which} stops working on ${formatUtcDate(endAt)}.`
    : "Change it so that it follows the rules.";
}

/** What follows when an exemption ends. */
export function exemptionText({ policy, until }: EventData): string {
  const what = policy === "unused" ? "the policy for unused keys" : "the key rules";
  const from = typeof until === "string" ? `From ${formatUtcDate(until)}` : "Then";
  return `${from}, ${what} apply to it. An administrator can extend the exemption.`;
}
