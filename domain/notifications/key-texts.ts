import type { EventData } from "#core/events.ts";
import { plural } from "#core/format.ts";
import { formatUtcDate, formatUtcTime } from "#core/format-utc.ts";
import { locationsText } from "../keys/leaks/locations.ts";

const days = (count: unknown) => plural(Number(count), "day");

/** The sentences as one text, without empty ones. */
export function joinTexts(...texts: string[]): string {
  return texts.filter((text) => text !== "").join(" ");
}

/** For rotated keys: until when the old secret works. */
export function overlapText({ lapsesAt }: EventData): string {
  return lapsesAt === null
    ? "The old secret no longer works."
    : `The old secret works until ${formatUtcTime(String(lapsesAt))}.`;
}

/** For unused keys: what happens next, and what to do. `which`: "It", or "Each" of several. */
export function unusedText({ disableAt, revokeAt }: EventData, which: string): string {
  const next =
    typeof disableAt === "string"
      ? `${which} will be disabled on ${formatUtcDate(disableAt)} unless it is used.`
      : typeof revokeAt === "string"
        ? `${which} will be revoked on ${formatUtcDate(revokeAt)} unless it is used.`
        : "";
  return joinTexts(next, "Revoke keys that are no longer needed.");
}

/** For old secrets: the rule, and when it ends the key if it does. */
export function secretAgeText({ maxDays, cutAt }: EventData): string {
  const rule = `Secrets must be rotated within ${days(maxDays)}.`;
  return typeof cutAt === "string"
    ? joinTexts(rule, `The key will be disabled on ${formatUtcDate(cutAt)} unless it is rotated.`)
    : rule;
}

/** For secrets that were found in public: where, and what to do. */
export function leakText({ url, places, switchedOff: disabled, works, alive }: EventData): string {
  const next =
    disabled === true
      ? "The key was disabled. Rotate it to end the leaked secret and enable the key."
      : works !== false
        ? "It still works. Rotate the key with no overlap, or revoke it."
        : alive === true
          ? "It will work again if its key is enabled or restored. Rotate the key with no overlap then."
          : "That secret no longer works, so there is nothing to do.";
  // Older events don't store the number of places.
  return joinTexts(locationsText(String(url ?? ""), Number(places ?? 1)), next);
}

/** Whether an administrator or a rule ended the key. Only they give a reason. */
export function endedByAdminOrRule({ data }: { data: EventData }): boolean {
  return (typeof data.endedBy === "string" && data.endedBy !== "member") || typeof data.reason === "string";
}

/** For disabled keys: who may enable them, unless any developer may. */
export function enabledByText(event: { data: EventData }): string {
  return endedByAdminOrRule(event) ? "Only an administrator can enable it again." : "";
}

/** For restored keys, some of which the leak policy disabled. */
export function restoredText({ count, leaked }: EventData): string {
  if (typeof leaked !== "number") return "";
  return typeof count === "number" && count > 1
    ? `${leaked} of them are disabled because a secret was found in public. Rotate them to end the leaked secrets and enable the keys.`
    : "It is disabled because one of its secrets was found in public. Rotate it to end the leaked secret and enable the key.";
}
