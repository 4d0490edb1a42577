/**
 * What a segment adds to the sums is divided into this many parts, by key. Which parts of a segment are stored is one
 * integer in the database, a bit for each part: an integer that JavaScript can represent has 53 bits.
 */
export const PARTS = 48;

/** The part that counts the requests of a key. It must never change: stored segments are recorded by part. */
export function partOf(keyId: string): number {
  return hashOf(keyId) % PARTS;
}

/** FNV-1a: an integer of 32 bits, not negative. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A set of parts, as a bit for each. */
export type PartSet = bigint;

export const ALL_PARTS: PartSet = (1n << BigInt(PARTS)) - 1n;

/** The parts from `from` up to, but not including, `to`. */
export function partsBetween(from: number, to: number): PartSet {
  return (1n << BigInt(to)) - (1n << BigInt(from));
}

export function hasPart(parts: PartSet, part: number): boolean {
  return (parts & (1n << BigInt(part))) !== 0n;
}
