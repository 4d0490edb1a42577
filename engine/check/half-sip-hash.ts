import { randomBytes } from "node:crypto";

/** The secret of a hash: two integers of 32 bits. */
type HashKey = readonly [number, number];

const BITS = 32;
/** Text is hashed as UTF-16: a word holds two code units. */
const UNIT_BITS = 16;
const LENGTH_SHIFT = 24;
const WORD_ROUNDS = 2;
const FINAL_ROUNDS = 4;

/**
 * HalfSipHash-2-4 of a text in UTF-16: an integer of 32 bits, not negative. Without the key, nobody can find many texts
 * with the same hash.
 */
export function halfSipHash([k0, k1]: HashKey, text: string): number {
  let v0 = k0;
  let v1 = k1;
  let v2 = k0 ^ 0x6c796765;
  let v3 = k1 ^ 0x74656462;
  const words = text.length >> 1;
  // After the words of the text, one with its length and what is left of it, and the finalization.
  for (let at = 0; at <= words + 1; at++) {
    const isFinal = at > words;
    const word = isFinal ? 0 : at === words ? lastWord(text) : wordAt(text, at);
    if (isFinal) v2 ^= 0xff;
    v3 ^= word;
    for (let round = isFinal ? FINAL_ROUNDS : WORD_ROUNDS; round > 0; round--) {
      v0 = (v0 + v1) | 0;
      v1 = rotate(v1, 5) ^ v0;
      v0 = rotate(v0, 16);
      v2 = (v2 + v3) | 0;
      v3 = rotate(v3, 8) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = rotate(v3, 7) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = rotate(v1, 13) ^ v2;
      v2 = rotate(v2, 16);
    }
    v0 ^= word;
  }
  return (v1 ^ v3) >>> 0;
}

function wordAt(text: string, at: number): number {
  return text.charCodeAt(2 * at) | (text.charCodeAt(2 * at + 1) << UNIT_BITS);
}

/** The length in bytes, and the last code unit if their number is odd. */
function lastWord(text: string): number {
  const rest = text.length % 2 === 1 ? text.charCodeAt(text.length - 1) : 0;
  return ((2 * text.length) << LENGTH_SHIFT) | rest;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (BITS - bits));
}

/** `halfSipHash` with a key that nobody knows. */
export function randomlyKeyedHash(): (text: string) => number {
  const secret = randomBytes(2 * Int32Array.BYTES_PER_ELEMENT);
  const key: HashKey = [secret.readInt32LE(0), secret.readInt32LE(Int32Array.BYTES_PER_ELEMENT)];
  return (text) => halfSipHash(key, text);
}
