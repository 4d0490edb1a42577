import { decodeUri } from "#core/decode-uri.ts";
import { errorCode } from "./error-code.ts";
import { secretSettings } from "./secret-files.ts";
import { secretList } from "./setting-lists.ts";

/** The start of a token with at least 16 more characters, also URL-encoded. */
const TOKEN = /((?:_|%5f)(?:live|test|svc|mgt|scim)(?:_|%5f))[0-9a-z]{16,}/gi;
const WORD = /[^\s"]+/g;
const USER_OF_URL = /:\/\/[^:@/]*:/g;
/** The driver of Postgres accepts a password in the query too. */
const PASSWORD_PARAMETER = /([?&]password=)([^&#]*)/gi;
const CREDENTIALS = /\b(bearer|basic) +[\w.~+/=-]{8,}/gi;
/** Any number of parts; matches with fewer than three are not JWTs. */
const JWT_LIKE = /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g;
/** Drizzle writes this between a failed query and its values; also as escaped in JSON. */
const QUERY_VALUES = /(\n|\\n)params:/g;

const REDACTED = "[redacted]";

/**
 * Replaces tokens, passwords in URLs, credentials of requests, values of failed queries and the given `secrets`. Takes
 * linear time for any text.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED);
  return withoutQueryValues(clean)
    .replace(TOKEN, `$1${REDACTED}`)
    .replace(WORD, (word) => replacePasswords(word, REDACTED))
    .replace(CREDENTIALS, `$1 ${REDACTED}`)
    .replace(JWT_LIKE, (found) => (found.split(".").length > 2 ? REDACTED : found));
}

/**
 * Values may contain any text, so no delimiter ends them. In JSON they end with the string that contains them, elsewhere
 * with the text.
 */
function withoutQueryValues(text: string): string {
  let clean = "";
  let from = 0;
  for (const { 0: start, 1: lineBreak, index } of text.matchAll(QUERY_VALUES)) {
    if (index < from) continue;
    clean += `${text.slice(from, index)}${start} ${REDACTED}`;
    from = lineBreak === "\n" ? text.length : endOfJsonString(text, index + start.length);
  }
  return clean + text.slice(from);
}

/** Position of the closing quote of the JSON string that contains `from`. */
function endOfJsonString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

/** A URL as people read it: without its password. */
export function redactUrl(url: string): string {
  return replacePasswords(url, "…");
}

/** A text as people read it: without the passwords of its URLs. */
export function redactUrls(text: string): string {
  return text.replace(WORD, redactUrl);
}

function replacePasswords(text: string, replacement: string): string {
  let clean = "";
  let from = 0;
  for (const [start, end] of passwordsIn(text)) {
    clean += text.slice(from, start) + replacement;
    from = end;
  }
  return (clean + text.slice(from)).replace(PASSWORD_PARAMETER, (_, name: string) => `${name}${replacement}`);
}

/**
 * Where the passwords after the users of URLs are. One ends at the last @ before the query, because it may contain an @
 * or a slash. Without an @ there, it contains a `?` or `#`, unless it is the port of a URL without a user.
 */
function passwordsIn(text: string): [start: number, end: number][] {
  const places: [number, number][] = [];
  const lastAt = text.lastIndexOf("@");
  // Found once for all URLs before it, so that this takes linear time.
  let [queryAt, atBeforeQuery] = [-1, -1];
  let from = 0;
  for (const { 0: user, index } of text.matchAll(USER_OF_URL)) {
    const start = index + user.length;
    if (start < from) continue;
    if (start > lastAt) break;
    if (queryAt < start) {
      QUERY_OR_FRAGMENT.lastIndex = start;
      queryAt = QUERY_OR_FRAGMENT.exec(text)?.index ?? text.length;
      atBeforeQuery = start + text.slice(start, queryAt).lastIndexOf("@");
    }
    PORT.lastIndex = start;
    const isBeforeQuery = atBeforeQuery >= start;
    if (!isBeforeQuery && PORT.test(text)) continue;
    from = isBeforeQuery ? atBeforeQuery : lastAt;
    places.push([start, from]);
  }
  return places;
}

const QUERY_OR_FRAGMENT = /[?#]/g;
const PORT = /\d*(?=[/?#]|$)/y;

/** Variables with secrets that only libraries read, such as the Postgres driver's password. */
const SECRETS_OF_LIBRARIES = [
  "NEXTAUTH_SECRET",
  "PGPASSWORD",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
];
/** Shorter secrets would match ordinary text, characters. */
const MIN_SECRET_LENGTH = 6;

/** The values of secret settings, also URL-decoded, for `redact`. The longest first: one can contain another. */
export function secretsOf(env: Record<string, string | undefined>): string[] {
  const found = [...secretSettings(env), ...SECRETS_OF_LIBRARIES].flatMap((name) =>
    secretsIn(name, env[name] ?? ""),
  );
  return [...new Set(found)]
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .sort((one, other) => other.length - one.length);
}

/** The secrets in the value of a setting, by the last word of its name. */
function secretsIn(name: string, value: string): string[] {
  if (/_(?:URL|ENDPOINT)$/.test(name)) {
    const afterUser = passwordsIn(value).map(([start, end]) => value.slice(start, end));
    const inQuery = [...value.matchAll(PASSWORD_PARAMETER)].map(([, , password = ""]) => password);
    return [...afterUser, ...inQuery].flatMap(alsoDecoded);
  }
  // `name=value` pairs, comma-separated. The values are credentials.
  if (name.endsWith("_HEADERS"))
    return value.split(",").flatMap((header) => alsoDecoded(header.slice(header.indexOf("=") + 1).trim()));
  return name.endsWith("_SECRETS") ? secretList(value) : [value];
}

const alsoDecoded = (text: string) => [text, decodeUri(text) ?? text];

interface LoggedError {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: string | undefined;
  cause?: LoggedError | undefined;
}

/** The loggable fields of an error. Others are dropped, because drivers attach queries, values and requests. */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: redact(String(error)) };
  const message = redact(error.message);
  return {
    type: error.name,
    message,
    // The stack starts with the original message, whose values have no reliable end.
    stack: error.stack === undefined ? undefined : redact(error.stack.replace(error.message, () => message)),
    code: errorCode(error),
    cause: error.cause === undefined || depth > 4 ? undefined : describeError(error.cause, depth + 1),
  };
}
