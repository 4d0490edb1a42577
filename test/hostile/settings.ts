import type fc from "fast-check";
import { TEST_SCOPE } from "../scope.ts";

const { FUZZ_RUNS, FUZZ_SEED } = process.env;

/** Generated inputs per guarantee: few in `npm test`, `FUZZ_RUNS` for longer runs by hand. */
export const RUNS = Number(FUZZ_RUNS ?? (TEST_SCOPE === "all" ? 300 : 100));

/** No response takes longer, even on a busy machine. */
export const MAX_RESPONSE_MS = 2_000;

/** The timeout of a test with `runs` inputs, including shrinking. */
export const testTimeoutMs = (runs: number) => 60_000 + runs * 100;

/** For `fc.assert`. A failure prints the seed; `FUZZ_SEED` repeats it. */
export function fuzzParameters<Values>(runs = RUNS): fc.Parameters<Values> {
  return { numRuns: runs, ...(FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }) };
}
