import type { Api, Operation } from "#domain/catalog/apis/schema.ts";

interface CalledApi extends Pick<Api, "baseUrl"> {
  operations: readonly Operation[];
}

/** A request to the API for a shell that has the secret in `$API_KEY`; null without a base URL. */
export function callSnippet({ baseUrl, operations }: CalledApi): string | null {
  if (baseUrl === null) return null;
  // A path with parameters would not work as pasted.
  const plain = operations.find(
    ({ method, path }) => method === "GET" && path !== null && !path.includes("{"),
  );
  const address = `${baseUrl.replace(/\/+$/, "")}${plain?.path ?? ""}`;
  return `curl ${quoted(address)} \\\n  -H "X-Api-Key: $API_KEY"`;
}

/** Quotes `text` as one word for a shell, unless that is unnecessary. */
function quoted(text: string): string {
  return /^[\w:/.,@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
