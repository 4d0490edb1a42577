import { randomInt } from "node:crypto";
import type { DialectName } from "#db/open.ts";
import { noise } from "#demo/random.ts";
import { TEST_SCOPE } from "../scope.ts";

/**
 * For faults that reach the database only through transactions, which `kill.test.ts` and `random.test.ts` break on both
 * databases in every run.
 */
export const FAULT_DIALECTS: DialectName[] = TEST_SCOPE === "all" ? ["sqlite", "postgres"] : ["postgres"];

/** How long a fault lasts, in seconds: short in `npm test`, long in `npm run test:faults`. */
export const FAULT_SECONDS = Number(process.env.FAULT_SECONDS ?? 1);
export const FAULT_MS = FAULT_SECONDS * 1_000;

/** Long enough for every test in this folder on a busy machine. */
export const TEST_TIMEOUT_MS = 60_000 + 20 * FAULT_MS;

/** Printed by each run. Set `FAULT_SEED` to repeat a run with the same choices. */
export const SEED = process.env.FAULT_SEED ?? String(randomInt(2 ** 31));

export type Choose = <Item>(choices: readonly Item[]) => Item;

/** Makes the same choices for the same seed and name. */
export function seededChoice(name: string): Choose {
  let count = 0;
  return (choices) => {
    const at = Math.floor(noise(SEED, name, count++) * choices.length);
    return choices[at] as (typeof choices)[number];
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
