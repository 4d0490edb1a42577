import type { DryRun, RestrictionSuggestion } from "#domain/keys/restrictions/schema.ts";
import { formatList, formatNumber } from "../ui/format.ts";
import type { LinkedEntry } from "./linked-entries.ts";

/** "132", "132 to 140", "at most 8": how many, as exactly as it is known. */
export function boundsText({ atLeast, atMost }: DryRun["refused"]): string {
  if (atLeast === atMost) return formatNumber(atLeast);
  return atLeast === 0
    ? `at most ${formatNumber(atMost)}`
    : `${formatNumber(atLeast)} to ${formatNumber(atMost)}`;
}

export function requestsText(count: number): string {
  return `${formatNumber(count)} check${count === 1 ? "" : "s"}`;
}

/** Days are counted whole, as UTC has them. */
export function daysText(days: number): string {
  return days === 1 ? "today (UTC)" : `in the last ${days} days`;
}

/** "Of 4 010 checks in the last 7 days 132 would have been refused." */
export function dryRunText({ checks, refused }: Pick<DryRun, "checks" | "refused">, days: number): string {
  const span = daysText(days);
  if (checks === 0) return `This key passed no check ${span}, so there is nothing to hold the draft against.`;
  if (refused.atMost === 0) {
    return checks === 1
      ? `The one check ${span} would have passed.`
      : `All ${requestsText(checks)} ${span} would have passed.`;
  }
  if (refused.atLeast === checks) {
    return checks === 1
      ? `The one check ${span} would have been refused.`
      : `All ${requestsText(checks)} ${span} would have been refused.`;
  }
  return `Of ${requestsText(checks)} ${span} ${boundsText(refused)} would have been refused.`;
}

/** "It would have let through 12 of the last 57 refusals." Empty where there were none, or it lets none through. */
export function newlyAllowedText({ looked, wouldPass }: DryRun["recentRefusals"]): string {
  if (wouldPass === 0) return "";
  if (looked === 1) return "It would have let through the last call that was refused.";
  if (looked === wouldPass)
    return `It would have let through all of the last ${formatNumber(looked)} refusals.`;
  return `It would have let through ${formatNumber(wouldPass)} of the last ${formatNumber(looked)} refusals.`;
}

/** "It would not have refused one of the 4 010 checks that passed in 30 days." */
export function suggestionText(
  { checks, refusedAlready }: Pick<RestrictionSuggestion, "checks" | "refusedAlready">,
  wouldRefuse: number,
): string {
  const all = `${requestsText(checks)} that passed in 30 days`;
  const already = refusedAlready.atMost > 0;
  const others = already ? "others" : all;
  const words =
    wouldRefuse === 0
      ? `It would not have refused one of the ${others}.`
      : `It would have refused up to ${formatNumber(wouldRefuse)} of the ${others}.`;
  return already ? `Of ${all} ${boundsText(refusedAlready)} would be refused today anyway. ${words}` : words;
}

/** "412 of 9 310 calls would have been refused." */
export function reportOnlyText(judged: number, wouldRefuse: number): string {
  if (judged === 0) return "No call has been judged yet.";
  if (wouldRefuse === 0) {
    return judged === 1
      ? "The one call so far would have passed."
      : `All ${formatNumber(judged)} calls so far would have passed.`;
  }
  return `${formatNumber(wouldRefuse)} of ${formatNumber(judged)} call${judged === 1 ? "" : "s"} would have been refused.`;
}

/** "203.0.113.9 is allowed by now: there is nothing to add." */
export function alreadyAllowedText(entries: readonly LinkedEntry[]): string {
  const names = entries.map((entry) => ("list" in entry ? entry.text : (entry.operation ?? entry.api)));
  const all = formatList(names);
  return `${all} ${names.length === 1 ? "is" : "are"} allowed by now: there is nothing to add.`;
}
