import { decodeText } from "#domain/catalog/apis/decode-text.ts";
import { OPENAPI_MAX_BYTES } from "#domain/catalog/apis/schema.ts";
import type { FetchedDocument } from "#domain/catalog/followed-documents/schema.ts";
import { DomainError } from "#domain/errors.ts";
import { type OutgoingOptions, sendOutside, USER_AGENT } from "./send.ts";

const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 20_000;
const HEADERS: [string, string][] = [
  ["accept", "application/openapi+json, application/json, application/yaml, text/yaml;q=0.9, */*;q=0.5"],
  ["user-agent", USER_AGENT],
];

/**
 * The text of the document at a URL. Each redirect is checked like the URL itself, and never leads from https to http.
 * Never throws.
 */
export async function fetchDocument(
  address: string,
  options: Pick<OutgoingOptions, "toPrivate"> & Partial<OutgoingOptions>,
): Promise<FetchedDocument> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const result = await sendOutside(
      url,
      { method: "GET", headers: HEADERS, body: null },
      { timeoutMs: TIMEOUT_MS, maxBytes: OPENAPI_MAX_BYTES, ...options },
    );
    if ("error" in result) return { error: result.error };
    const { status, headers, body, truncated } = result;
    const location = headers.find(([name]) => name === "location")?.[1];
    if (status >= 300 && status < 400 && location !== undefined) {
      const next = URL.canParse(location, url) ? new URL(location, url) : null;
      if (next === null) return { error: "It redirects to something that is not a URL." };
      if (url.protocol === "https:" && next.protocol !== "https:") {
        return { error: "It redirects from https to http." };
      }
      url = next;
      continue;
    }
    if (status !== 200) return { error: `The server answered ${status}.` };
    if (truncated) return { error: "The document has more than 16 MiB." };
    return textOf(body);
  }
  return { error: `It redirects more than ${MAX_REDIRECTS} times.` };
}

function textOf(body: Buffer): FetchedDocument {
  try {
    return { text: decodeText(new Uint8Array(body)) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { error: error.errors[0]?.message ?? error.message };
  }
}
