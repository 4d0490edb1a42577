import { pino } from "pino";

const TOKEN = /\b([a-z][a-z0-9]{1,11}_(?:live|test|svc|mgt)_)[0-9A-Za-z]{36}\b/g;

const PASSWORD_IN_URL = /(:\/\/[^:@/\s]*):[^@/\s]+@/g;

/** Text without tokens, passwords in addresses, and the values that a driver appends to a failed query. */
export function scrub(text: string): string {
  return text
    .replace(TOKEN, "$1[redacted]")
    .replace(PASSWORD_IN_URL, "$1:[redacted]@")
    .replace(/\nparams:[^\n]*/g, "\nparams: [redacted]");
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
  if (!(error instanceof Error)) return { type: typeof error, message: scrub(String(error)) };
  return {
    type: error.name,
    message: scrub(error.message),
    stack: error.stack === undefined ? undefined : scrub(error.stack),
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    cause: error.cause === undefined || depth > 4 ? undefined : describeError(error.cause, depth + 1),
  };
}

const secretNames = [
  "authorization",
  "cookie",
  "key",
  "secret",
  "token",
  "password",
  "link",
  "body",
  "headers",
];

/**
 * The portal's log: one JSON object a line, on standard error. Pass errors as `{ err }`; never pass a
 * request, its body or its headers.
 */
export const log = pino(
  {
    name: "portal",
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: [...secretNames, ...secretNames.map((name) => `*.${name}`)], censor: "[redacted]" },
    serializers: { err: (error: unknown) => describeError(error) },
    formatters: { level: (label) => ({ level: label }) },
  },
  pino.destination({ fd: 2, sync: true }),
);
