import { randomInt } from "node:crypto";
import { noise } from "#demo/random.ts";

/** How long a fault lasts, seconds: short where every change is tested, long in `npm run test:faults`. */
export const FAULT_SECONDS = Number(process.env.FAULT_SECONDS ?? 1);
export const FAULT_MS = FAULT_SECONDS * 1_000;

/** Long enough for anything here, on a machine that does other things as well. */
export const TEST_TIMEOUT_MS = 60_000 + 20 * FAULT_MS;

/** Printed, and taken from the environment to see the same choices again. */
export const SEED = process.env.FAULT_SEED ?? String(randomInt(2 ** 31));

export type Choose = <Item>(choices: readonly Item[]) => Item;

/** The same choices for the same seed and name. */
export function seededChoice(name: string): Choose {
  let thrown = 0;
  return (choices) => {
    const at = Math.floor(noise(SEED, name, thrown++) * choices.length);
    return choices[at] as (typeof choices)[number];
  };
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
