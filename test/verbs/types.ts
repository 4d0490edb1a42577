import type { ManagementScope } from "#core/scopes.ts";
import type { ChangeKind } from "#db/tables/audit.ts";
import type { Ctx } from "#domain/context.ts";
import type { Ids, Who } from "./world.ts";

/** What a verb promises about who may do it and what it leaves behind. */
export interface VerbRow {
  name: string;
  run: (ctx: Ctx, ids: Ids) => Promise<unknown>;
  /** What must have happened before it can be done; an administrator does that. */
  prepare?: (ctx: Ctx, ids: Ids) => Promise<unknown>;
  /** Who does it where it is done: the least role that may. */
  by: Exclude<Who, "stranger" | "visitor">;
  /**
   * What a stranger, signed in, gets. `not-found`: as if nothing were there. `forbidden`: it is for
   * administrators. `own`: it works, on what is theirs. `link`: for whoever holds the link.
   */
  stranger: "not-found" | "forbidden" | "own" | "link";
  /**
   * What a management token needs, besides what its user may: this scope, or nothing it could have (`never`). Left
   * out for verbs that leave it to the route that calls them.
   */
  token?: ManagementScope | "never";
  /** Writes what nobody needs a trace of, such as what somebody has read. */
  quiet?: true;
  /** For a verb that writes. */
  leaves?: { audit: string; changes: ChangeKind[]; projectId?: null };
}
