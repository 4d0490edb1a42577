/** A verification request and the expected response, of the verifier and the portal. */
interface CheckCase {
  name: string;
  /** The body, given an unrestricted key; an object is sent as JSON. */
  body: (key: string) => unknown;
  headers?: Record<string, string>;
  status?: number;
  code?: string;
  /** Part of the denial's message, or of the problem's detail. */
  says?: string;
}

const LONG = "a".repeat(8_000);

export const CHECK_CASES: CheckCase[] = [
  { name: "no key", body: () => ({}), code: "KEY_MISSING" },
  { name: "the key null", body: () => ({ key: null }), code: "KEY_MISSING" },
  { name: "the key empty", body: () => ({ key: "" }), code: "KEY_MISSING" },
  { name: "the key white space", body: () => ({ key: " \t\n" }), code: "KEY_MISSING" },
  { name: "a key of 512 characters", body: () => ({ key: "k".repeat(512) }), code: "KEY_MALFORMED" },
  { name: "a key of 900 characters", body: () => ({ key: "k".repeat(900) }), code: "KEY_MALFORMED" },
  { name: "a key of 16,000 characters", body: () => ({ key: "k".repeat(16_000) }), code: "KEY_MALFORMED" },
  { name: "white space around the key", body: (key) => ({ key: `\r\n ${key}\t\n` }), code: "VALID" },
  {
    name: "the key in quotes",
    body: (key) => ({ key: `"${key}"` }),
    code: "KEY_MALFORMED",
    says: "without the quotes",
  },
  {
    name: "the key in typographic quotes",
    body: (key) => ({ key: `“${key}”` }),
    code: "KEY_MALFORMED",
    says: "without the quotes",
  },
  {
    name: "Bearer before the key",
    body: (key) => ({ key: `Bearer ${key}` }),
    code: "KEY_MALFORMED",
    says: "“Bearer”",
  },
  {
    name: "a line break in the key",
    body: (key) => ({ key: `${key.slice(0, 20)}\n${key.slice(20)}` }),
    code: "KEY_MALFORMED",
    says: "a line break",
  },
  {
    name: "a zero-width space in the key",
    body: (key) => ({ key: `${key}\u200b` }),
    code: "KEY_MALFORMED",
    says: "invisible",
  },
  {
    name: "a name before the key",
    body: (key) => ({ key: `KEY=${key}` }),
    code: "KEY_MALFORMED",
    says: "before or after it",
  },
  {
    name: "every other field null",
    body: (key) => ({
      key,
      operation: null,
      method: null,
      path: null,
      clientIp: null,
      referrer: null,
      origin: null,
      androidPackage: null,
      androidCertSha1: null,
      iosBundleId: null,
      cost: null,
    }),
    code: "VALID",
  },
  {
    name: "every other field empty",
    body: (key) => ({
      key,
      operation: "",
      method: "",
      path: "",
      clientIp: "",
      referrer: "",
      origin: "",
      androidPackage: "",
      androidCertSha1: "",
      iosBundleId: "",
      cost: "",
    }),
    code: "VALID",
  },
  { name: "the path *", body: (key) => ({ key, method: "OPTIONS", path: "*" }), code: "VALID" },
  { name: "an empty path", body: (key) => ({ key, method: "GET", path: "" }), code: "VALID" },
  {
    name: "an absolute request target as path",
    body: (key) => ({ key, method: "GET", path: "http://host/badges" }),
    code: "VALID",
  },
  { name: "an invalid IP address", body: (key) => ({ key, clientIp: "unknown, _hidden" }), code: "VALID" },
  {
    name: "a Referer of 8 kB",
    body: (key) => ({ key, referrer: `https://example.com/${LONG}`, origin: LONG.slice(0, 4_000) }),
    code: "VALID",
  },
  { name: "a byte order mark", body: (key) => `\ufeff${JSON.stringify({ key })}`, code: "VALID" },
  {
    name: "the coding identity",
    body: (key) => ({ key }),
    headers: { "Content-Encoding": "identity" },
    code: "VALID",
  },
  {
    name: "a compressed body",
    body: () => "\u001f\u008b",
    headers: { "Content-Encoding": "gzip" },
    status: 415,
    says: "“gzip”",
  },
  {
    name: "a misspelled field, null or not",
    body: (key) => ({ key, clientIP: null }),
    status: 400,
    says: "",
  },
  { name: "a method without a path", body: (key) => ({ key, method: "GET" }), status: 400, says: "" },
  { name: "a key that is not a string", body: () => ({ key: 7 }), status: 400, says: "" },
  {
    name: "an idempotency key of 65 characters",
    body: (key) => ({ key }),
    headers: { "Idempotency-Key": "i".repeat(65) },
    status: 400,
    says: "",
  },
];
