import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** The kind of a token: a key's secret (live or test), a service token, a management token, or a SCIM token. */
export type TokenKind = "live" | "test" | "svc" | "mgt" | "scim";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY_LENGTH = 30;
const CHECK_LENGTH = 6;
const TAIL_LENGTH = BODY_LENGTH + CHECK_LENGTH;
const KINDS: readonly TokenKind[] = ["live", "test", "svc", "mgt", "scim"];

/** The format of a deployment's prefix (docs/operate/leaked-keys.md). */
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

/** `length` uniformly distributed base62 characters from the CSPRNG; 30 of them have 178 bits. */
export function randomBase62(length: number): string {
  let out = "";
  while (out.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 is the largest multiple of 62 in a byte. Larger bytes would bias the first digits.
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

/** Creates a token. Show it once, and store only `hashToken` and `hintOf`. */
export function generateToken(prefix: string, kind: TokenKind): string {
  const body = randomBase62(BODY_LENGTH);
  return `${prefix}_${kind}_${body}${checkOf(body)}`;
}

/**
 * The kind of a token with the right format and checksum, which may never have been issued; null for any other text.
 * Runs in every check, so it creates no texts.
 */
export function tokenKind(prefixes: Prefixes, token: string): TokenKind | null {
  const kindStart = kindStartIn(prefixes, token);
  if (kindStart === 0) return null;
  for (const kind of KINDS) {
    const kindEnd = kindStart + kind.length;
    if (token.length !== kindEnd + 1 + TAIL_LENGTH) continue;
    if (token.startsWith(kind, kindStart) && token[kindEnd] === "_")
      return isTail(token, kindEnd + 1) ? kind : null;
  }
  return null;
}

/** Where the kind begins; 0 if the token has none of the prefixes. */
function kindStartIn(prefixes: Prefixes, token: string): number {
  for (const prefix of listOf(prefixes)) {
    if (token.startsWith(prefix) && token[prefix.length] === "_") return prefix.length + 1;
  }
  return 0;
}

/** Whether the rest of the text from `start`, of the right length, is a body with its checksum. */
function isTail(token: string, start: number): boolean {
  const checkStart = start + BODY_LENGTH;
  let crc = 0xffffffff;
  let check = 0;
  for (let at = start; at < token.length; at++) {
    const code = token.charCodeAt(at);
    const value = VALUES[code] ?? NO_DIGIT;
    if (value === NO_DIGIT) return false;
    if (at < checkStart) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ code) & 0xff] as number);
    else check = check * DIGITS.length + value;
  }
  return check === (crc ^ 0xffffffff) >>> 0;
}

/** CRC-32 (IEEE 802.3, reflected) of each byte. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

const NO_DIGIT = 255;

/** The value of each base62 digit, by its character code. */
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = DIGITS.indexOf(String.fromCharCode(code));
  return value === -1 ? NO_DIGIT : value;
});

/** Like `tokenKind`, but null also for service, management and SCIM tokens, which are no keys. */
export function secretKind(prefixes: Prefixes, token: string): "live" | "test" | null {
  const kind = tokenKind(prefixes, token);
  return kind === "live" || kind === "test" ? kind : null;
}

const listOf = (prefixes: Prefixes): readonly string[] =>
  typeof prefixes === "string" ? [prefixes] : prefixes;

/**
 * The tokens of the deployment in a text, without duplicates, in order, at most `max`. They are found anywhere, also next
 * to word characters (`KEY=lk_live_…`, `xlk_live_…`, two in a row), if their checksum is right. URL-encoded underscores
 * (`%5F`) count too.
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
    `${prefix}${underscore}(live|test|svc|mgt|scim)${underscore}(?=([0-9A-Za-z]{${TAIL_LENGTH}}))`,
    "g",
  );
  for (const { index, 1: kind, 2: tail } of text.matchAll(shape)) {
    const token = `${prefix}_${kind}_${tail}`;
    if (found.has(token) || tokenKind(prefix, token) === null) continue;
    found.set(token, index);
    if (found.size === max) break;
  }
  return [...found].map(([token, index]) => ({ index, token }));
}

/** The prefix is optional, because other text may precede it without a separator. */
const TOKEN_SHAPED =
  /((?:[a-z][a-z0-9]{1,11})?(?:_|%5f)(?:live|test|svc|mgt|scim)(?:_|%5f)[0-9a-z]{36})[0-9a-z]*/gi;

/** Replaces everything that has the format of a token, of any deployment, by its hint. */
export function redactTokens(text: string): string {
  return /_|%5f/i.test(text) ? text.replace(TOKEN_SHAPED, (_, token: string) => hintOf(token)) : text;
}

/** SHA-256 of the whole token, in hex. Only this and the hint are stored. */
export function hashToken(token: string): string {
  return hash("sha256", token);
}

/** A short form by which people recognize a token: `lk_live_Ab12…wxyz`. */
export function hintOf(token: string): string {
  const tail = token.slice(-TAIL_LENGTH);
  return `${token.slice(0, -tail.length)}${tail.slice(0, 4)}…${tail.slice(-4)}`;
}

/** RFC 4648, in lower case. */
const BASE32_DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

/** A random text of 5 bits a character, in lower case. */
export function randomBase32(length: number): string {
  return Array.from(randomBytes(length), (byte) => BASE32_DIGITS[byte & 31]).join("");
}
