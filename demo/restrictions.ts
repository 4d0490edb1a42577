import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import type { DemoKey } from "./keys/types.ts";
import { APPLICATIONS, TRIALS } from "./places.ts";

/** What a key of the demo is restricted to. */
export function restrictionsOf({ service, apis }: DemoKey): Restrictions {
  return { ...NO_RESTRICTIONS, ...APPLICATIONS[service], apis: apis ?? [] };
}

/** What the demo tries on it; null where nothing is tried. */
export function trialOf(spec: DemoKey): Restrictions | null {
  const trial = TRIALS[spec.service];
  return trial ? { ...restrictionsOf(spec), ...trial } : null;
}
