import { MAX_ENTRIES, totalEntries } from "#core/restrictions/kinds.ts";
import { type Draft, emptyApis, restrictionsOf } from "./draft.ts";
import type { Readings } from "./use-readings.ts";

/** How many entries of a draft can't be saved. */
export function countInvalid(draft: Draft, { wrong }: Pick<Readings, "wrong">): number {
  return wrong + emptyApis(draft).length;
}

/** Why a draft can't be saved now; null when it can. */
export function saveProblemOf(
  draft: Draft,
  readings: Pick<Readings, "wrong" | "waiting" | "failing">,
): string | null {
  const wrong = countInvalid(draft, readings);
  if (wrong === 1) return "One entry is to be fixed first.";
  if (wrong > 1) return `${wrong} entries are to be fixed first.`;
  const count = totalEntries(restrictionsOf(draft));
  if (count > MAX_ENTRIES) return `A key has at most 1,000 entries in all: take ${count - MAX_ENTRIES} out.`;
  if (readings.waiting === 0) return null;
  return readings.failing ? "The portal does not answer. Trying again." : "Reading the entries…";
}
