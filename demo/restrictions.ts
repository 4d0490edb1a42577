import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { DemoKey } from "./keys/types.ts";
import { APPLICATIONS, TRIALS } from "./places.ts";

/** The restrictions of a key of the demo. */
export function restrictionsOf({ service, apis }: DemoKey): Restrictions {
  return { ...NO_RESTRICTIONS, ...APPLICATIONS[service], apis: apis ?? [] };
}

/** Its report-only restrictions; null if there are none. */
export function trialOf(spec: DemoKey): Restrictions | null {
  const trial = TRIALS[spec.service];
  return trial ? { ...restrictionsOf(spec), ...trial } : null;
}
