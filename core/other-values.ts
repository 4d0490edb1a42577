/**
 * Replaces every value of an observation beyond the number of values that are counted separately. On its own, because
 * pages use it: `observations.ts` needs Node.js.
 */
export const OTHERS = "*";
