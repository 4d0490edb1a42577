import { messageOf } from "./denials.ts";
import type { DenialCode } from "./verdict.ts";

/** Why a rule refuses. */
export interface Reason {
  code: DenialCode;
  /** One sentence a developer can act on. */
  message: string;
  /** What the rule saw; never the list that it was held against. */
  observed: Record<string, string>;
}

/** `variant` is one of the code's other sentences. */
export function reason(code: DenialCode, observed: Record<string, string> = {}, variant?: string): Reason {
  return { code, message: messageOf(code, observed, variant), observed };
}
