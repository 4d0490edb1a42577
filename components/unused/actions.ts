import type { ActionResult } from "#domain/errors.ts";
import type { Sweep } from "#domain/keys/lifecycle/sweeps/schema.ts";
import type { Exemption } from "#domain/keys/lifecycle/unused/schema.ts";

/** The filters as the server reads them, for a sweep of all that match. */
export interface SweepFilter {
  unusedForDays: number;
  used?: "never" | "once";
  environment?: "live" | "test";
  restricted?: "none" | "no-application" | "application";
  projectId?: string;
}

export interface UnusedActions {
  previewSweep: (input: {
    filter: SweepFilter;
    keyIds?: string[];
    reason: string;
  }) => Promise<ActionResult<Sweep>>;
  exemptKey: (input: { keyId: string; reason: string; until: string }) => Promise<ActionResult<Exemption>>;
  endExemption: (input: { keyId: string }) => Promise<ActionResult<{ ended: boolean }>>;
}
