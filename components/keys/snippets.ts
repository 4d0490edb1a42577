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
 * known, a call of that API itself.
 */
export function keySnippets({
  secret,
  keyName,
  portalUrl,
  apis,
}: SnippetFacts): { title: string; code: string }[] {
  const called = apis.find((api) => api.baseUrl !== null);
  const first = apis[0];
  const body = first ? ` \\\n  --json '{"api":"${first.slug}"}'` : "";
  const snippets = [
    { title: ".env", code: `${envNameOf(keyName)}=${secret}` },
    {
      title: "curl: does it work?",
      code: `curl -X POST ${portalUrl}/api/v1/keys/try \\\n  -H 'Authorization: Bearer ${secret}'${body}`,
    },
  ];
  if (called?.baseUrl) {
    snippets.push({
      title: `curl: ${called.slug}`,
      code: `curl ${called.baseUrl} \\\n  -H 'Authorization: Bearer ${secret}'`,
    });
  }
  return snippets;
}

/** `CHECKOUT_SERVER_KEY` for "checkout server": letters, digits and underscores, and no digit first. */
export function envNameOf(keyName: string): string {
  const words = keyName
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  if (words === "") return "API_KEY";
  return words.endsWith("KEY") ? words : `${words}_KEY`;
}
