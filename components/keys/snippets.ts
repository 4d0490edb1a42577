import { keysText } from "./text.ts";

const text = keysText.snippets;

/** What the lines to paste after creating a key need. */
export interface SnippetFacts {
  secret: string;
  keyName: string;
  /** The portal's public URL. */
  portalUrl: string;
  /** The APIs that the key may call, with their base URL if known. */
  apis: { slug: string; baseUrl: string | null }[];
}

/**
 * The `.env` line; a `curl` that asks the portal whether the secret works; and a call of an API whose base URL is
 * known. The secret goes into bodies and headers, never into a URL.
 */
export function keySnippets({
  secret,
  keyName,
  portalUrl,
  apis,
}: SnippetFacts): { title: string; code: string }[] {
  const snippets = [
    { title: text.env, code: `${envNameOf(keyName)}=${secret}` },
    {
      title: text.try,
      code: `curl ${quoted(`${portalUrl}/api/v1/keys/try`)} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"key":"${secret}"}'`,
    },
  ];
  const called = apis.find((api) => api.baseUrl !== null);
  if (called?.baseUrl) {
    snippets.push({
      title: text.call(called.slug),
      code: `curl ${quoted(called.baseUrl)} \\\n  -H 'X-Api-Key: ${secret}'`,
    });
  }
  return snippets;
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
