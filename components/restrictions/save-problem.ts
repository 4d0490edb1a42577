import { MAX_ENTRIES, totalEntries } from "#core/restrictions/kinds.ts";
import { type Draft, emptyApis, restrictionsOf } from "./draft.ts";
import { restrictionsText } from "./text.ts";
import type { EntryResults } from "./use-entry-results.ts";

const TEXT = restrictionsText.problem;

/** Number of invalid entries in a draft. */
export function countInvalid(draft: Draft, { wrong }: Pick<EntryResults, "wrong">): number {
  return wrong + emptyApis(draft).length;
}

/** Why a draft can't be saved now; null when it can. */
export function saveProblemOf(
  draft: Draft,
  results: Pick<EntryResults, "wrong" | "waiting" | "failing">,
): string | null {
  const invalid = countInvalid(draft, results);
  if (invalid > 0) return TEXT.invalid(invalid);
  const count = totalEntries(restrictionsOf(draft));
  if (count > MAX_ENTRIES) return TEXT.tooMany(MAX_ENTRIES, count - MAX_ENTRIES);
  if (results.waiting === 0) return null;
  return results.failing ? TEXT.unanswered : TEXT.checking;
}
