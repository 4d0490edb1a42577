import { plural } from "#core/format.ts";
import { sanitizeUrl } from "#core/sanitize.ts";
import { isImportable } from "#core/token-shape.ts";
import { findTokens, hashToken, type Prefixes, tokenKind } from "#core/tokens.ts";
import type { ReportedToken } from "./schema.ts";

/** How many characters of a URL are stored and shown. */
const MAX_URL_LENGTH = 500;
/**
 * How many locations are stored per token. Every location writes an audit row, which is never deleted, and notifies the
 * owners, and anyone who knows the token can report it.
 */
export const MAX_LOCATIONS = 20;

/** Where each token was found, by its hash: every location once, shortened to what may be stored. */
export type Locations = Map<string, Set<string>>;

/** How many tokens count per reported text. */
const MAX_TOKENS = 100;

/**
 * Finds Latchkey tokens in a reported text: a single token, a line of a file, a whole paste. A text without any may
 * itself be a token that was imported.
 */
export function tokensIn(keyPrefixes: Prefixes, text: string): string[] {
  const own = findTokens(keyPrefixes, text, MAX_TOKENS);
  const whole = text.trim();
  return own.length === 0 && isImportable(keyPrefixes, whole) ? [whole] : own;
}

/** What was found: secrets of keys, among them texts that may be imported tokens, and other tokens. */
export function locationsOf(
  keyPrefixes: Prefixes,
  found: readonly Pick<ReportedToken, "token" | "url">[],
): { secrets: Locations; tokens: Locations } {
  const [secrets, tokens]: [Locations, Locations] = [new Map(), new Map()];
  const each = found.flatMap(({ token: text, url }) =>
    tokensIn(keyPrefixes, text).map((token) => ({ token, url })),
  );
  for (const { token, url } of each) {
    const kind = tokenKind(keyPrefixes, token);
    const ofKind = kind === null || kind === "live" || kind === "test" ? secrets : tokens;
    const hash = hashToken(token);
    const locations = ofKind.get(hash) ?? new Set();
    if (locations.size < MAX_LOCATIONS) locations.add(sanitizeUrl(url, MAX_URL_LENGTH));
    ofKind.set(hash, locations);
  }
  return { secrets, tokens };
}

/** Where something was found: the first location, and how many there are in total. Empty if unknown. */
export function locationsText(url: string, locations: number): string {
  const others = locations - 1;
  const more = others > 0 ? ` and in ${plural(others, "other place")}` : "";
  if (url !== "") return `Found at ${url}${more}.`;
  return locations > 1 ? `Found in ${plural(locations, "place")}.` : "";
}
