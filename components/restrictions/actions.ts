import type { Restrictions } from "#core/restrictions/types.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";

interface RestrictionChanges {
  projectId: string;
  keyId: string;
  restrictions?: Restrictions;
  /** A set to try, or null to end the trial. */
  trial?: Restrictions | null;
  /** The sets that the change was made from: a `conflict` where the key has others by now. */
  expected?: { restrictions?: Restrictions; trial?: Restrictions | null };
}

/** What the editor can do, handed in by the page. */
export interface RestrictionActions {
  update: (input: RestrictionChanges) => Promise<ActionResult<Key>>;
}
