import { markUnprintable } from "./text.ts";
import { redactTokens } from "./tokens.ts";

/**
 * Untrusted text in a form that is safe to store and show: one line of at most `max` characters, with tokens redacted.
 * Invisible characters and those that change the direction of the text are shown as U+FFFD. The user info of a URL is
 * replaced by `…`, because it may be a password.
 */
export function sanitize(text: string, max: number): string {
  if (text.length <= max && HARMLESS.test(text)) return text;
  const clean = withoutUserInfo(redactTokens(text.toWellFormed())).replace(/[\p{Cc}\u2028\u2029]/gu, " ");
  // Cut first: a sender chooses the length.
  return markUnprintable(clean.length > max ? `${clean.slice(0, max - 1).toWellFormed()}…` : clean);
}

/** Printable ASCII without the characters of tokens, escapes and user info: most texts. */
const HARMLESS = /^[ -$&-?A-^`-~]*$/;

/** A URL whose host comes first: an @ after it is part of the path. */
const HOST_FIRST = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(:\d+)?\//i;

/** Removes the text before the last @, unless it can't be user info. */
function withoutUserInfo(text: string): string {
  const at = text.lastIndexOf("@");
  if (at === -1 || HOST_FIRST.test(text)) return text;
  const scheme = /^[a-z][a-z0-9+.-]*:\/*/i.exec(text)?.[0] ?? "";
  return `${scheme}…${text.slice(at)}`;
}

/** Like `sanitize`, for a URL: also removes query and fragment, which often contain secrets. */
export function sanitizeUrl(text: string, max: number): string {
  const clean = withoutUserInfo(text);
  const end = clean.search(/[?#]/);
  return sanitize(end === -1 ? clean : clean.slice(0, end), max);
}
