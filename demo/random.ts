/**
 * Reproducible noise in [0, 1): the same parts always give the same number, so the demo's traffic of a minute does
 * not depend on when it was generated. FNV-1a over the parts' text, finished with the mixer of MurmurHash3. Not for
 * secrets.
 */
export function noise(seed: string, ...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  const text = `${seed}|${parts.join("|")}`;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

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
