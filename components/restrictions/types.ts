import type { VerdictCode } from "#core/verdict.ts";
import type { RuleOutcome } from "#core/verdict-schema.ts";

export type { EnabledApi as EditorApi } from "#domain/catalog/enablement/schema.ts";

/** The browser's IP address as the portal sees it. */
export interface SeenAddress {
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
  rules: RuleOutcome[];
}
