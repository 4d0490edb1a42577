import { sanitizeUrl } from "#core/sanitize.ts";
import { findTokens, hashToken, parseToken } from "#core/tokens.ts";
import type { ReportedToken } from "./schema.ts";

/** Of an address, so much is kept and told. */
const URL_MOST = 500;
/**
 * Places that are kept of one token, however often it is reported: every place writes an audit row, which stays for
 * ever, and tells the owners, and whoever knows the token can report it.
 */
export const MAX_PLACES = 20;

/** Where each token was found, by its hash: every place once, as it may be kept. */
export type Places = Map<string, Set<string>>;

/** Of one text that was reported, so many tokens count. */
const TOKENS_MOST = 100;

/** The tokens of ours in a text that was reported: a token alone, a line of a file, a whole paste. */
export function tokensIn(keyPrefix: string, text: string): string[] {
  return findTokens(keyPrefix, text, TOKENS_MOST);
}

/** What was found that has the shape of a token of ours, keys' secrets apart from the other tokens. */
export function placesOf(
  keyPrefix: string,
  found: readonly Pick<ReportedToken, "token" | "url">[],
): { secrets: Places; tokens: Places } {
  const [secrets, tokens]: [Places, Places] = [new Map(), new Map()];
  const each = found.flatMap(({ token: text, url }) =>
    tokensIn(keyPrefix, text).map((token) => ({ token, url })),
  );
  for (const { token, url } of each) {
    const kind = parseToken(keyPrefix, token)?.kind;
    const ofKind = kind === "live" || kind === "test" ? secrets : tokens;
    const hash = hashToken(token);
    const places = ofKind.get(hash) ?? new Set();
    if (places.size < MAX_PLACES) places.add(sanitizeUrl(url, URL_MOST));
    ofKind.set(hash, places);
  }
  return { secrets, tokens };
}
