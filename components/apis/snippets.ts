import type { Api, Operation } from "#domain/catalog/apis/types.ts";

interface CalledApi extends Pick<Api, "baseUrl"> {
  operations: readonly Operation[];
}

/** A call of the API with a key, as pasted into a shell that has the secret in `$API_KEY`; null without an address. */
export function callSnippet({ baseUrl, operations }: CalledApi): string | null {
  if (baseUrl === null) return null;
  // Only a call without blanks to fill in works as pasted.
  const plain = operations.find(
    ({ method, path }) => method === "GET" && path !== null && !path.includes("{"),
  );
  const address = `${baseUrl.replace(/\/+$/, "")}${plain?.path ?? ""}`;
  return `curl ${quoted(address)} \\\n  -H "X-Api-Key: $API_KEY"`;
}

/** What a service asks when it is called with a key; it has its own token in `$LATCHKEY_TOKEN`. */
export function checkSnippet(
  { slug, operations }: Pick<Api, "slug"> & Pick<CalledApi, "operations">,
  checkUrl: string,
): string {
  const body = {
    key: "the caller's key",
    api: slug,
    ...(operations[0] && { operation: operations[0].name }),
  };
  return [
    `curl ${checkUrl}/api/v1/keys/verify \\`,
    `  -H "Authorization: Bearer $LATCHKEY_TOKEN" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${quoted(JSON.stringify(body))}`,
  ].join("\n");
}

/** One word to a shell, whatever is in it. Left bare where it is harmless, so that it reads well. */
function quoted(text: string): string {
  return /^[\w:/.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
