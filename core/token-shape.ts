import type { Prefixes } from "./tokens.ts";

/* What was imported from another system, without Node.js: pages use it too. */

/** The hashes by which tokens of other systems can be imported (docs/integrate/import-keys.md). */
export const HASH_ALGORITHMS = ["sha256", "sha512", "hmac-sha256", "bcrypt", "argon2id", "scrypt"] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

export const HASH_ENCODINGS = ["hex", "base64", "base64url"] as const;
export type HashEncoding = (typeof HASH_ENCODINGS)[number];

/** The format of tokens that another system issued: how they start, and how long they are in characters. */
export interface TokenShape {
  prefix: string;
  minLength: number;
  maxLength: number;
}

/**
 * How imported tokens are found until their first use: by their SHA-512, by an HMAC, or, for slow hashes, by their
 * first characters, of which this is the number.
 */
export type PendingLookup = "sha512" | "hmac-sha256" | number;

/** A shape that an import declared. */
export interface DeclaredShape extends TokenShape {
  /** Empty once every token that was not imported by its SHA-256 has been used. */
  pending: readonly PendingLookup[];
}

/** Shorter tokens could be guessed, and longer ones are malformed (docs/integrate/verify-keys.md). */
export const SHAPE_LENGTH = { min: 16, max: 512 };
/** Maximum number of characters of a shape's prefix. */
export const MAX_SHAPE_PREFIX = 32;
/** How many of a token's first characters find it, if its hash is slow. */
export const LOOKUP_LENGTH = { min: 8, max: 16 };

const PRINTABLE = /^[!-~]+$/;
const OWN_KIND = /^(?:live|test|svc|mgt|scim)_/;

/** Whether a text starts like a token of this deployment: it can't be an imported one, even with a wrong checksum. */
export function hasOwnFormat(prefixes: Prefixes, text: string): boolean {
  const list = typeof prefixes === "string" ? [prefixes] : prefixes;
  return list.some((prefix) => text.startsWith(`${prefix}_`) && OWN_KIND.test(text.slice(prefix.length + 1)));
}

/** Whether a text can be a token of another system that was imported. */
export function isImportable(prefixes: Prefixes, text: string): boolean {
  const { min, max } = SHAPE_LENGTH;
  return text.length >= min && text.length <= max && PRINTABLE.test(text) && !hasOwnFormat(prefixes, text);
}

/** The declared shapes that a text has. None for a text that starts like a token of this deployment. */
export function shapesOf<Shape extends TokenShape>(
  shapes: readonly Shape[],
  prefixes: Prefixes,
  text: string,
): readonly Shape[] {
  const fitting = shapes.filter((shape) => hasShape(shape, text));
  if (fitting.length === 0 || !PRINTABLE.test(text) || hasOwnFormat(prefixes, text)) return [];
  return fitting;
}

/** Whether a text has the prefix and a length of the shape. */
export function hasShape({ prefix, minLength, maxLength }: TokenShape, text: string): boolean {
  return text.length >= minLength && text.length <= maxLength && text.startsWith(prefix);
}

/**
 * A short form by which people recognize an imported token: never more than four characters after the prefix, and the
 * last four if the token is known.
 */
export function importedHint({ prefix }: Pick<TokenShape, "prefix">, start: string, end = ""): string {
  return `${prefix}${start.slice(prefix.length, prefix.length + 4)}…${end.slice(-4)}`;
}
