import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/types.ts";
import type { ActionResult } from "#domain/result.ts";

interface RestrictionChanges {
  projectId: string;
  keyId: string;
  restrictions?: Restrictions;
  /** A set to try, or null to end the trial. */
  trial?: Restrictions | null;
}

/** What the editor can do, handed in by the page. */
export interface RestrictionActions {
  update: (input: RestrictionChanges) => Promise<ActionResult<Key>>;
}
