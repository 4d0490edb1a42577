/** The base URLs, without a slash at the end. Throws `TypeError` unless there is one, and all are of http or https. */
export function baseUrls(url: string | readonly string[] | undefined): string[] {
  const urls = typeof url === "string" ? [url] : (url ?? []);
  if (urls.length === 0 || urls.some((each) => !each))
    throw new TypeError(
      "Latchkey: give the URL of at least one verifier. An environment variable may be missing.",
    );
  return urls.map((each) => {
    if (!isHttpUrl(each)) throw new TypeError(`Latchkey: "${each}" is not an http or https URL.`);
    return each.replace(/\/+$/, "");
  });
}

/** Whether requests can be sent to this URL. */
export function isHttpUrl(url: string): boolean {
  return /^https?:\/\/[^/]/.test(url) && URL.canParse(url);
}

/** The URL without a path, and without a password, for messages. */
export function originOf(url: string): string {
  return new URL(url).origin;
}

/** Throws `TypeError` unless a header can carry the token. `name`: what the token is, for the message. */
export function checkToken(token: string | undefined, name: string): asserts token is string {
  if (!token) throw new TypeError(`Latchkey: give the ${name}. An environment variable may be missing.`);
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new TypeError(
      `Latchkey: the ${name} has a character that no token has, for example a space or "…".`,
    );
}
