import { randomBytes } from "node:crypto";

/** RFC 4648, in lower case. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** A random text of 5 bits a character, in lower case. */
export function randomBase32(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte & 31]).join("");
}
