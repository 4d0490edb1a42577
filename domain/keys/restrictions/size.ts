import { setBytes, totalEntries } from "#core/restrictions/kinds.ts";
import { SET_FAULTS } from "#core/restrictions/messages.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Ctx } from "../../context.ts";
import { invalid } from "../../errors.ts";

interface Sets {
  restrictions: Restrictions;
  trial: Restrictions | null;
}

/**
 * Throws `invalid` for sets in canonical form that exceed the size limits (contract, section 10). Existing sets that
 * do may shrink.
 */
export function requireRestrictionSize(
  { settings: { bounds } }: Pick<Ctx, "settings">,
  after: Sets,
  before: Sets | null,
): void {
  for (const field of ["restrictions", "trial"] as const) {
    const entries = entriesOf(after[field]);
    if (entries > bounds.restrictionEntries && entries > entriesOf(before?.[field] ?? null)) {
      throw invalid(
        field,
        `At most ${formatted(bounds.restrictionEntries)} entries in all, not ${formatted(entries)}.`,
      );
    }
  }
  const bytes = setBytes(after.restrictions, after.trial);
  if (bytes <= bounds.restrictionBytes) return;
  if (before !== null && bytes <= setBytes(before.restrictions, before.trial)) return;
  const message = SET_FAULTS["too-large"].message
    .replace("{size}", formatted(bytes))
    .replace("{most}", `${formatted(bounds.restrictionBytes)} (${bounds.restrictionBytes / 1_024} KiB)`);
  throw invalid("restrictions", message);
}

function entriesOf(set: Restrictions | null): number {
  return set === null ? 0 : totalEntries(set);
}

const formatted = (n: number) => n.toLocaleString("en");
