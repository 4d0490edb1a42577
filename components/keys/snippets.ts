import { TEXT as TEXTS } from "./text.ts";

const TEXT = TEXTS.snippets;

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
    { title: TEXT.env, code: `${envNameOf(keyName)}=${secret}` },
    {
      title: TEXT.try,
      code: `curl ${quoted(`${portalUrl}/api/v1/keys/try`)} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"key":"${secret}"}'`,
    },
  ];
  const called = apis.find((api) => api.baseUrl !== null);
  if (called?.baseUrl) {
    snippets.push({
      title: TEXT.call(called.slug),
      code: `curl ${quoted(called.baseUrl)} \\\n  -H 'X-Api-Key: ${secret}'`,
    });
  }
  return snippets;
}

/** Quotes text for a shell. */
function quoted(text: string): string {
  return /^[\w:/.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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
