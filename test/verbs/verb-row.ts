import type { ManagementScope } from "#core/scopes.ts";
import type { ChangeKind } from "#db/tables/audit.ts";
import type { Ctx } from "#domain/context.ts";
import type { Ids, TestActor } from "./verb-fixture.ts";

/** Who may call a verb, and what it writes. */
export interface VerbRow {
  name: string;
  run: (ctx: Ctx, ids: Ids) => Promise<unknown>;
  /** Sets up what the verb needs, as an administrator. */
  prepare?: (ctx: Ctx, ids: Ids) => Promise<unknown>;
  /** The lowest role that may call it. */
  by: Exclude<TestActor, "stranger" | "visitor">;
  /**
   * What a signed-in stranger gets. `not-found`: as if nothing existed. `forbidden`: for administrators only. `own`:
   * it works on their own data. `link`: for the holder of the link.
   */
  stranger: "not-found" | "forbidden" | "own" | "link";
  /**
   * The scope that a management token needs besides its user's permissions, or `never` if no token may call the verb.
   * Not set if the calling route checks the scope.
   */
  token?: ManagementScope | "never";
  /** Undoes `run`, which tightened a policy. No management token may do that, whatever its scopes. */
  loosen?: VerbRow["run"];
  /** Writes without an audit row, such as which notifications are read. */
  quiet?: true;
  /** What the verb writes. */
  leaves?: { audit: string; changes: ChangeKind[]; projectId?: null };
}

/** A verb of a project. `leaves` is what it writes; without it, it only reads. */
export const row = (
  by: VerbRow["by"],
  name: string,
  run: VerbRow["run"],
  leaves?: VerbRow["leaves"],
): VerbRow => ({
  by,
  name,
  run,
  stranger: "not-found",
  ...(leaves ? { leaves } : {}),
});

/** A verb for administrators. `leaves` is what it writes; without it, it only reads. */
export const forAdmins = (name: string, run: VerbRow["run"], leaves?: VerbRow["leaves"]): VerbRow => ({
  name,
  run,
  by: "admin",
  stranger: "forbidden",
  ...(leaves ? { leaves } : {}),
});
