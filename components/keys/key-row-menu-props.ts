import type { LeakAction } from "#domain/access/policies/types.ts";
import type { Key } from "#domain/keys/types.ts";
import type { KeyActions } from "./actions.ts";

export type RowActions = Pick<KeyActions, "update" | "revoke" | "restore" | "recentTraffic">;

export interface KeyRowMenuProps {
  subject: Pick<Key, "id" | "projectId" | "name" | "status"> & {
    /** A secret of it that has not lapsed was found in public: what the site's rule does then; else null. */
    leaked: LeakAction | null;
    /** Why the reader may not bring it back, and who can; null where they may. */
    blocked: string | null;
  };
  /** May the reader change keys, or only look? */
  mayChange: boolean;
  actions: RowActions;
}
