/**
 * What a segment adds to the sums is divided into this many shards, by key. Which shards of a segment are stored is one
 * integer in the database, a bit for each shard: an integer that JavaScript can represent has 53 bits.
 */
export const SHARDS = 48;

/** The shard that counts the requests of a key. It must never change: stored segments are recorded by shard. */
export function shardOf(keyId: string): number {
  return fnv1a(keyId) % SHARDS;
}

/** FNV-1a: an integer of 32 bits, not negative. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A set of shards, as a bit for each. */
export type ShardSet = bigint;

export const ALL_SHARDS: ShardSet = (1n << BigInt(SHARDS)) - 1n;

/** The shards from `from` up to, but not including, `to`. */
export function shardsBetween(from: number, to: number): ShardSet {
  return (1n << BigInt(to)) - (1n << BigInt(from));
}

export function hasShard(shards: ShardSet, shard: number): boolean {
  return (shards & (1n << BigInt(shard))) !== 0n;
}
