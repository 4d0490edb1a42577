import type fc from "fast-check";

const { FUZZ_RUNS, FUZZ_SEED } = process.env;

/** How often a guarantee is tried: few times where every change is tested, `FUZZ_RUNS` of them by hand. */
export const RUNS = Number(FUZZ_RUNS ?? 100);

/** No single answer takes longer, other work on the machine included. */
export const MAX_RESPONSE_MS = 2_000;

/** For a test of `runs` tries, with the time that shrinking takes. */
export const testTimeoutMs = (runs: number) => 60_000 + runs * 100;

/** For `fc.assert`. On a failure it prints the seed, which `FUZZ_SEED` takes. */
export function fuzzParameters<Values>(runs = RUNS): fc.Parameters<Values> {
  return { numRuns: runs, ...(FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }) };
}
