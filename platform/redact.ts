/** Whatever begins like a token and goes on for long enough to be most of one, also spelt as in an address. */
const TOKEN = /((?:_|%5f)(?:live|test|svc|mgt)(?:_|%5f))[0-9a-z]{16,}/gi;
const WORD = /[^\s"]+/g;
const USER_OF_URL = /:\/\/[^:@/]*:/;
const CREDENTIALS = /\b(bearer|basic) +[\w.~+/=-]{8,}/gi;
/** Of as many parts as there are; fewer than three are something else. */
const JWT_LIKE = /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g;
/** What Drizzle puts between a failed query and its values, as text and as JSON. */
const QUERY_VALUES = /(\n|\\n)params:/g;

const REDACTED = "[redacted]";

/**
 * Text without tokens, passwords in addresses, credentials of a request, and the values of a failed query. In
 * time that grows as the text does, whoever wrote it.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED);
  return withoutQueryValues(clean)
    .replace(TOKEN, `$1${REDACTED}`)
    .replace(WORD, withoutPassword)
    .replace(CREDENTIALS, `$1 ${REDACTED}`)
    .replace(JWT_LIKE, (found) => (found.split(".").length > 2 ? REDACTED : found));
}

/**
 * Values may contain anything, so nothing in them can end them: in JSON they end with the string that they are
 * in, elsewhere with the text.
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

/** Where the JSON string ends that `from` lies in: at its closing quote. */
function endOfJsonString(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

/** Up to the last @ of a word: a password may hold one. */
function withoutPassword(word: string): string {
  const at = word.lastIndexOf("@");
  const user = at === -1 ? null : USER_OF_URL.exec(word.slice(0, at));
  return user === null ? word : word.slice(0, user.index) + user[0] + REDACTED + word.slice(at);
}

/** Ours, and what libraries read by themselves: the driver of Postgres its password. */
const SECRET_SETTINGS = [
  "AUTH_SECRET",
  "NEXTAUTH_SECRET",
  "LATCHKEY_OIDC_CLIENT_SECRET",
  "GITHUB_SECRET",
  "LATCHKEY_METRICS_TOKEN",
  "PGPASSWORD",
];
/** Addresses that can hold one. */
const SETTINGS_WITH_PASSWORD = [
  "DATABASE_URL",
  "LATCHKEY_LISTEN_URL",
  "REDIS_URL",
  "SMTP_URL",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
];
/** Drivers take a password in the query as well: of Postgres `password`, of libSQL `authToken`. */
const SECRET_PARAMETER = /[?&](?:password|authtoken)=([^&#]*)/gi;
/** `name=value`, comma-separated: the values are as good as passwords. */
const SETTINGS_WITH_HEADERS = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"];
/** Shorter ones would redact half of what is said. */
const SHORTEST = 6;

/** The secrets among the settings, in each spelling, so that a text can be freed of them by their value. */
export function secretsOf(env: Record<string, string | undefined>): string[] {
  const whole = SECRET_SETTINGS.map((name) => env[name] ?? "");
  const headers = SETTINGS_WITH_HEADERS.flatMap((name) => (env[name] ?? "").split(","));
  const credentials = headers.flatMap((header) => {
    const written = header.slice(header.indexOf("=") + 1).trim();
    return [written, decoded(written)];
  });
  const passwords = SETTINGS_WITH_PASSWORD.flatMap((name) => {
    const url = env[name] ?? "";
    const written = /^[\w+.-]+:\/\/[^:@/]*:(.*)@/.exec(url)?.[1] ?? "";
    const inQuery = [...url.matchAll(SECRET_PARAMETER)].map(([, value = ""]) => value);
    return [written, ...inQuery].flatMap((secret) => [secret, decoded(secret)]);
  });
  return [...new Set([...whole, ...credentials, ...passwords])].filter((secret) => secret.length >= SHORTEST);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface LoggedError {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: string | undefined;
  cause?: LoggedError | undefined;
}

/** What may be said of an error: drivers hang queries, values and requests on theirs, so fields are chosen. */
export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: redact(String(error)) };
  const message = redact(error.message);
  return {
    type: error.name,
    message,
    // It begins with the message as it was, whose values have no certain end.
    stack: error.stack === undefined ? undefined : redact(error.stack.replace(error.message, () => message)),
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    cause: error.cause === undefined || depth > 4 ? undefined : describeError(error.cause, depth + 1),
  };
}
