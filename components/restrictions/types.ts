import type { RuleOutcome } from "#core/restrictions/explain.ts";
import type { VerdictCode } from "#core/verdict.ts";

export type { EnabledApi as EditorApi } from "#domain/catalog/enablement/types.ts";

/** Where the portal sees the person who edits. */
export interface SeenAddress {
  address: string;
  /** Why it may not be the address that a service would see. */
  doubt: "private" | "proxy" | null;
}

/** The verdict that a draft would give, and what each kind says of the call. */
export interface Simulation {
  valid: boolean;
  code: VerdictCode;
  message?: string;
  operation?: string | null;
  rules: RuleOutcome[];
}
