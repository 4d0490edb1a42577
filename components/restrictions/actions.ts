import type { Restrictions } from "#core/restrictions/types.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";

interface RestrictionChanges {
  projectId: string;
  keyId: string;
  restrictions?: Restrictions;
  /** A report-only set, or null to stop report-only monitoring. */
  trial?: Restrictions | null;
  /** The sets that the change is based on: `conflict` if the key's sets have changed since. */
  expected?: { restrictions?: Restrictions; trial?: Restrictions | null };
}

/** What the editor can do, handed in by the page. */
export interface RestrictionActions {
  update: (input: RestrictionChanges) => Promise<ActionResult<Key>>;
}
