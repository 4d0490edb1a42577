import { redactTokens } from "./tokens.ts";

/**
 * A text from outside as it may be kept and shown: one line, no secret in it, `max` characters at most. User
 * info of a URL goes too: people put passwords there.
 */
export function keepable(text: string, max: number): string {
  const clean = redactTokens(text.toWellFormed())
    .replace(/\/\/[^/?#]*@/g, "//")
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ");
  return clean.length > max ? `${clean.slice(0, max - 1).toWellFormed()}…` : clean;
}

/** A URL as it may be kept and shown: without query and fragment, which are where secrets are. */
export function keepableUrl(text: string, max: number): string {
  return keepable(text.replace(/[?#].*$/s, ""), max);
}
