import type { Restrictions } from "#core/restrictions/types.ts";
import type { VerdictCode } from "#core/verdict.ts";
import type { RuleOutcome } from "#core/verdict-schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";

/** The browser's IP address as the portal sees it. */
export interface SeenIpAddress {
  address: string;
  /** Why it may not be the address that a service would see. */
  doubt: "private" | "proxy" | null;
}

/** The verdict of a draft, and what each kind of restriction decides. */
export interface Simulation {
  valid: boolean;
  code: VerdictCode;
  message?: string;
  operation?: string | null;
  /** Of a valid verdict. */
  scopes?: readonly string[];
  rules: RuleOutcome[];
}

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
