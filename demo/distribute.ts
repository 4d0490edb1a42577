/**
 * Distributes `total` over the weights in integers that add up to exactly `total` (Madow's systematic sampling): each
 * gets its share rounded up or down, and exactly its share on average over `offset` in [0, 1).
 */
export function distribute(weights: readonly number[], total: number, offset: number): number[] {
  let sum = 0;
  for (const weight of weights) sum += weight;
  if (sum === 0) return weights.map(() => 0);
  let dealt = 0;
  let before = 0;
  return weights.map((weight) => {
    before += weight;
    // The last running sum is `sum` itself, added in the same order, so that nothing is left over.
    const upTo = Math.floor((before / sum) * total + offset);
    const share = upTo - dealt;
    dealt = upTo;
    return share;
  });
}
