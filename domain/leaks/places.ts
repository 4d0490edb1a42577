import { keepableUrl } from "#core/keepable.ts";
import { hashToken, parseToken } from "#core/tokens.ts";
import type { Found } from "./schemas.ts";

/** Of an address, so much is kept and told. */
const URL_MOST = 500;
/** Of one token in one report, so many places are kept. */
const PLACES_MOST = 100;

/** Where each token was found, by its hash: every place once, as it may be kept. */
export type Places = Map<string, Set<string>>;

/** What was found that has the shape of a token of ours, keys' secrets apart from the other tokens. */
export function placesOf(
  keyPrefix: string,
  found: readonly Pick<Found, "token" | "url">[],
): { secrets: Places; tokens: Places } {
  const [secrets, tokens]: [Places, Places] = [new Map(), new Map()];
  for (const { token, url } of found) {
    const kind = parseToken(keyPrefix, token)?.kind;
    if (kind === undefined) continue;
    const ofKind = kind === "live" || kind === "test" ? secrets : tokens;
    const hash = hashToken(token);
    const places = ofKind.get(hash) ?? new Set();
    if (places.size < PLACES_MOST) places.add(keepableUrl(url, URL_MOST));
    ofKind.set(hash, places);
  }
  return { secrets, tokens };
}
