/** What a person does next with a new secret, as lines to paste. */
export interface SnippetFacts {
  secret: string;
  keyName: string;
  /** The portal's public address. */
  portalUrl: string;
  /** APIs the key may call, with where they answer, if that is known. */
  apis: { slug: string; baseUrl: string | null }[];
}

/**
 * The `.env` line; a `curl` that asks the portal whether the secret works; and, for an API whose address is
 * known, a call of that API itself. The secret goes into bodies and headers, never into a URL.
 */
export function keySnippets({
  secret,
  keyName,
  portalUrl,
  apis,
}: SnippetFacts): { title: string; code: string }[] {
  const snippets = [
    { title: ".env", code: `${envNameOf(keyName)}=${secret}` },
    {
      title: "Does it work?",
      code: `curl ${quoted(`${portalUrl}/api/v1/keys/try`)} \\\n  -H 'Content-Type: application/json' \\\n  -d '{"key":"${secret}"}'`,
    },
  ];
  const called = apis.find((api) => api.baseUrl !== null);
  if (called?.baseUrl) {
    snippets.push({
      title: `Call ${called.slug}`,
      code: `curl ${quoted(called.baseUrl)} \\\n  -H 'X-Api-Key: ${secret}'`,
    });
  }
  return snippets;
}

/** One word to a shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w:/.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** `CHECKOUT_SERVER_KEY` for "checkout server": letters, digits and underscores, and no digit first. */
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
