import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./management-schema.ts";

export type { components, paths } from "./management-schema.ts";

export interface ManagementOptions {
  /** The portal's public URL. */
  url: string;
  /** A management token (`lk_mgt_…`). */
  token: string;
  /** Time for one call, ms. Default 30,000. */
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * A client of the management API, typed from its OpenAPI document: `client.GET("/api/v1/projects")` resolves to
 * `{ data }` or `{ error }`, where `error` is a problem (RFC 9457). It never throws for an HTTP status.
 */
export function createManagementClient(options: ManagementOptions): Client<paths> {
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return createClient<paths>({
    baseUrl: options.url.replace(/\/+$/, ""),
    // A record is one parameter for each entry, as the document says: `metadata.plan=pro`.
    querySerializer: { object: { style: "form", explode: true } },
    headers: { Authorization: `Bearer ${options.token}` },
    fetch: (request) =>
      send(
        new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) }),
      ),
  });
}

/** A page of a list of the management API. */
interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** All items of a list, page by page. `load` gets the cursor of the next page. Throws what the API answers. */
export async function* listAll<Item>(
  load: (cursor: string | undefined) => Promise<{ data?: Page<Item> | undefined; error?: unknown }>,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { data, error } = await load(cursor);
    if (data === undefined) throw error;
    yield* data.items;
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
