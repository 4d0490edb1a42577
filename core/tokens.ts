import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** What a token is for: a key's secret (live or test), a service token, or a management token. */
export type TokenKind = "live" | "test" | "svc" | "mgt";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY_LENGTH = 30;
const CHECK_LENGTH = 6;
const TAIL = /^[0-9A-Za-z]{36}$/;

/** What a deployment's prefix must look like (contract, section 2). */
export const PREFIX_PATTERN = /^[a-z][a-z0-9]{1,11}$/;

/** One prefix, or the current one followed by former ones whose tokens are still accepted. */
export type Prefixes = string | readonly string[];

/** The prefixes that a deployment accepts: that of new tokens first. */
export function acceptedPrefixes(settings: {
  keyPrefix: string;
  formerKeyPrefixes?: readonly string[];
}): readonly string[] {
  return [...new Set([settings.keyPrefix, ...(settings.formerKeyPrefixes ?? [])])];
}

/** A token that has the right shape and checksum; says nothing about whether it was ever issued. */
export interface ParsedToken {
  kind: TokenKind;
  /** The 36 characters behind the kind: body and check. */
  tail: string;
}

/** `length` base62 characters, uniform from the CSPRNG: 178 bits for 30 of them. */
export function randomBase62(length: number): string {
  let out = "";
  while (out.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 is the largest multiple of 62 in a byte; what lies above it would bias the first digits.
      if (byte < 248 && out.length < length) out += DIGITS[byte % 62];
    }
  }
  return out;
}

/** CRC-32 (zlib) of the body's ASCII bytes, in base62, left-padded with `0` to 6 characters. */
export function checkOf(body: string): string {
  let rest = crc32(body);
  let out = "";
  for (let i = 0; i < CHECK_LENGTH; i++) {
    out = DIGITS[rest % 62] + out;
    rest = Math.floor(rest / 62);
  }
  return out;
}

/** A new token. It exists nowhere else: show it once and keep only `hashToken` and `hintOf`. */
export function generateToken(prefix: string, kind: TokenKind): string {
  const body = randomBase62(BODY_LENGTH);
  return `${prefix}_${kind}_${body}${checkOf(body)}`;
}

/** Reads a token's shape and checksum; null for anything else, with no look-up needed. */
export function parseToken(prefixes: Prefixes, token: string): ParsedToken | null {
  const prefix = listOf(prefixes).find((one) => token.startsWith(`${one}_`));
  if (prefix === undefined) return null;
  const kindStart = prefix.length + 1;
  const kindEnd = token.indexOf("_", kindStart);
  const kind = token.slice(kindStart, kindEnd);
  if (kind !== "live" && kind !== "test" && kind !== "svc" && kind !== "mgt") return null;
  const tail = token.slice(kindEnd + 1);
  if (!TAIL.test(tail) || checkOf(tail.slice(0, BODY_LENGTH)) !== tail.slice(BODY_LENGTH)) return null;
  return { kind, tail };
}

/** Reads a key's secret; a service or management token is not one. */
export function parseSecret(prefixes: Prefixes, token: string): ParsedToken | null {
  const parsed = parseToken(prefixes, token);
  return parsed && (parsed.kind === "live" || parsed.kind === "test") ? parsed : null;
}

const listOf = (prefixes: Prefixes): readonly string[] =>
  typeof prefixes === "string" ? [prefixes] : prefixes;

/**
 * Every token of the deployment in a text, each once, in the order of their appearance, at most `max`: wherever it
 * stands, also behind or before a word character (`KEY=lk_live_…`, `xlk_live_…`, two in a row). The checksum decides.
 * A spelling with `%5F` for the underscore, as in an address, counts too.
 */
export function findTokens(prefixes: Prefixes, text: string, max: number): string[] {
  const found = listOf(prefixes).flatMap((prefix) => tokensWith(prefix, text, max));
  found.sort((a, b) => a.index - b.index);
  return [...new Set(found.map(({ token }) => token))].slice(0, max);
}

/** The tokens with one prefix, each once, and where each starts. */
function tokensWith(prefix: string, text: string, max: number): { index: number; token: string }[] {
  const found = new Map<string, number>();
  const underscore = "(?:_|%5[fF])";
  const shape = new RegExp(
    `${prefix}${underscore}(live|test|svc|mgt)${underscore}(?=([0-9A-Za-z]{${BODY_LENGTH + CHECK_LENGTH}}))`,
    "g",
  );
  for (const { index, 1: kind, 2: tail } of text.matchAll(shape)) {
    const token = `${prefix}_${kind}_${tail}`;
    if (found.has(token) || parseToken(prefix, token) === null) continue;
    found.set(token, index);
    if (found.size === max) break;
  }
  return [...found].map(([token, index]) => ({ index, token }));
}

/** The prefix may have been taken for the end of something else. */
const TOKEN_SHAPED =
  /((?:[a-z][a-z0-9]{1,11})?(?:_|%5f)(?:live|test|svc|mgt)(?:_|%5f)[0-9a-z]{36})[0-9a-z]*/gi;

/** The text with a hint in the place of whatever has the shape of a token, of any deployment. */
export function redactTokens(text: string): string {
  return /_|%5f/i.test(text) ? text.replace(TOKEN_SHAPED, (_, token: string) => hintOf(token)) : text;
}

/** SHA-256 of the whole token, in hex: all that is stored of it besides the hint. */
export function hashToken(token: string): string {
  return hash("sha256", token);
}

/** What people recognise a token by: `lk_live_Ab12…wxyz`. */
export function hintOf(token: string): string {
  const tail = token.slice(-(BODY_LENGTH + CHECK_LENGTH));
  return `${token.slice(0, -tail.length)}${tail.slice(0, 4)}…${tail.slice(-4)}`;
}
