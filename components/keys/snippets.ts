import type { FirstCall } from "#domain/catalog/reference/first-call.ts";
import { curlWithSecret } from "../reference/samples.ts";
import { keysText } from "./text.ts";

const text = keysText.snippets;

/** What the lines to paste after creating a key need. */
export interface SnippetFacts {
  secret: string;
  keyName: string;
  /** The portal's public URL. */
  portalUrl: string;
  /** The APIs that the key may call. */
  calls: readonly FirstCall[];
}

/**
 * The `.env` line, a `curl` that asks the portal whether the secret works, and a call of each API. In a `curl` of ours the
 * secret goes into bodies and headers, never into a URL.
 */
export function keySnippets({
  secret,
  keyName,
  portalUrl,
  calls,
}: SnippetFacts): { title: string; code: string }[] {
  return [
    { title: text.env, code: `${envNameOf(keyName)}=${secret}` },
    { title: text.try, code: tryCode(portalUrl, `'{"key":"${secret}"}'`) },
    ...calls.map(({ name, sample }) => ({ title: text.call(name), code: curlWithSecret(sample, secret) })),
  ];
}

/** The `curl` that asks whether the key in `$API_KEY` works. */
export function trySnippet(portalUrl: string): string {
  return tryCode(portalUrl, `"{\\"key\\":\\"$API_KEY\\"}"`);
}

function tryCode(portalUrl: string, body: string): string {
  return `curl ${quoted(`${portalUrl}/api/v1/keys/try`)} \\\n  -H 'Content-Type: application/json' \\\n  -d ${body}`;
}

/** Quotes a value for a shell. */
function quoted(value: string): string {
  return /^[\w:/.,@%+=-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** `CHECKOUT_SERVER_KEY` for "checkout server": letters, digits and underscores, not starting with a digit. */
export function envNameOf(keyName: string): string {
  const words = keyName
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  if (words === "") return "API_KEY";
  return words.endsWith("KEY") ? words : `${words}_KEY`;
}
