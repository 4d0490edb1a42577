import { formatNumber, plural } from "#core/format.ts";
import type { DryRun, RestrictionSuggestion } from "#domain/keys/restrictions/schema.ts";

/** "132", "132 to 140", "at most 8": a number as exactly as it is known. */
export function boundsText({ atLeast, atMost }: DryRun["refused"]): string {
  if (atLeast === atMost) return formatNumber(atLeast);
  return atLeast === 0
    ? `at most ${formatNumber(atMost)}`
    : `${formatNumber(atLeast)} to ${formatNumber(atMost)}`;
}

/** Days are whole days in UTC. */
function daysText(days: number): string {
  return days === 1 ? "today (UTC)" : `in the last ${days} days`;
}

/** "132 of 4,010 requests in the last 7 days would have been denied." Without those that are denied today anyway. */
export function dryRunText(
  { checks, newlyRefused: denied, refused: deniedInAll }: Pick<DryRun, "checks" | "newlyRefused" | "refused">,
  days: number,
): string {
  const span = daysText(days);
  if (checks === 0)
    return `No request with this key was allowed ${span}, so there is nothing to compare with.`;
  const all = checks === 1 ? `The only request ${span}` : `All ${plural(checks, "request")} ${span}`;
  if (denied.atMost === 0) {
    return deniedInAll.atMost === 0
      ? `${all} would have been allowed.`
      : "Nothing that the key allows today would have been denied.";
  }
  if (denied.atLeast === checks) return `${all} would have been denied.`;
  const bounds = boundsText(denied);
  return `${bounds.charAt(0).toUpperCase()}${bounds.slice(1)} of ${plural(checks, "request")} ${span} would have been denied.`;
}

/** "12 of the last 57 denied requests would have been allowed." Empty when there are none. */
export function newlyAllowedText({ looked, wouldPass }: DryRun["recentRefusals"]): string {
  if (wouldPass === 0) return "";
  if (looked === 1) return "The last denied request would have been allowed.";
  if (looked === wouldPass)
    return `All of the last ${formatNumber(looked)} denied requests would have been allowed.`;
  return `${formatNumber(wouldPass)} of the last ${formatNumber(looked)} denied requests would have been allowed.`;
}

/** "None of the 4,010 requests allowed in the last 30 days would have been denied." */
export function suggestionText(
  { checks, refusedAlready }: Pick<RestrictionSuggestion, "checks" | "refusedAlready">,
  wouldRefuse: number,
): string {
  const all = `${plural(checks, "request")} allowed in the last 30 days`;
  const already = refusedAlready.atMost > 0;
  const others = already ? "the others" : `the ${all}`;
  const effect =
    wouldRefuse === 0
      ? `None of ${others} would have been denied.`
      : `Up to ${formatNumber(wouldRefuse)} of ${others} would have been denied.`;
  return already
    ? `Of ${all}, ${boundsText(refusedAlready)} would be denied today anyway. ${effect}`
    : effect;
}

/** "412 of 9,310 requests would have been denied." */
export function reportOnlyText(evaluated: number, wouldRefuse: number): string {
  if (evaluated === 0) return "No request has been evaluated yet.";
  if (wouldRefuse === 0) {
    return evaluated === 1
      ? "The only request so far would have been allowed."
      : `All ${formatNumber(evaluated)} requests so far would have been allowed.`;
  }
  return `${formatNumber(wouldRefuse)} of ${plural(evaluated, "request")} would have been denied.`;
}
