import { redactTokens } from "./tokens.ts";

/**
 * A text from outside as it may be kept and shown: one line, no secret in it, `max` characters at most. User
 * info of a URL goes too, for people put passwords there; that there was some stays to be seen.
 */
export function sanitize(text: string, max: number): string {
  if (text.length <= max && HARMLESS.test(text)) return text;
  const clean = withoutUserInfo(redactTokens(text.toWellFormed())).replace(/[\p{Cc}\u2028\u2029]/gu, " ");
  return clean.length > max ? `${clean.slice(0, max - 1).toWellFormed()}…` : clean;
}

/** Printable ASCII without what tokens, escapes and user info need: most texts. */
const HARMLESS = /^[ -$&-?A-^`-~]*$/;

/** A host, and no user: what an @ behind it stands in is a path. */
const HOST_FIRST = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d+)?\//i;

/** Cuts what stands before the last @, unless that is surely no user info. */
function withoutUserInfo(text: string): string {
  const at = text.lastIndexOf("@");
  if (at === -1 || HOST_FIRST.test(text)) return text;
  const scheme = /^[a-z][a-z0-9+.-]*:\/*/i.exec(text)?.[0] ?? "";
  return `${scheme}…${text.slice(at)}`;
}

/** A URL as it may be kept and shown: without query and fragment, which are where secrets are. */
export function sanitizeUrl(text: string, max: number): string {
  const clean = withoutUserInfo(text);
  const end = clean.search(/[?#]/);
  return sanitize(end === -1 ? clean : clean.slice(0, end), max);
}
