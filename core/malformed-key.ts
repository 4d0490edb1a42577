import { type Prefixes, tokenKind } from "./tokens.ts";

/** Recognized mistakes in malformed keys. Each has its own message for `KEY_MALFORMED`. */
export type MalformedKeyReason =
  | "scheme"
  | "quoted"
  | "spaces"
  | "characters"
  | "serviceToken"
  | "managementToken"
  | "surrounded";

/** Only this many characters are examined: more than any key has, and cheap for invalid requests. */
const MAX_EXAMINED_LENGTH = 512;

/** The likely mistake in a text that was sent as a key; null when none is recognized. */
export function malformedKeyReason(prefixes: Prefixes, sent: string): MalformedKeyReason | null {
  const text = sent.slice(0, MAX_EXAMINED_LENGTH);
  if (/^(bearer|basic|apikey|token)[\s:]/i.test(text)) return "scheme";
  if (/^["'`\u2018-\u201f\u00ab]|["'`\u2018-\u201f\u00bb]$/.test(text)) return "quoted";
  if (/\s/.test(text)) return "spaces";
  if (/[^!-~]/.test(text)) return "characters";
  const kind = tokenKind(prefixes, text);
  if (kind === "svc") return "serviceToken";
  if (kind === "mgt") return "managementToken";
  return containsKey(prefixes, text) ? "surrounded" : null;
}

/** Whether the text contains a whole key. */
function containsKey(prefixes: Prefixes, text: string): boolean {
  const prefix = typeof prefixes === "string" ? prefixes : `(${prefixes.join("|")})`;
  return new RegExp(`${prefix}_(live|test)_[0-9A-Za-z]{36}`).test(text);
}
