import createClient, { type Client } from "openapi-fetch";
import { checkToken, isHttpUrl } from "./connection-options.ts";
import type { paths } from "./management-schema.ts";
import { readBytes } from "./read-body.ts";
import { withinTime } from "./time-limit.ts";

export type { components, paths } from "./management-schema.ts";

export interface ManagementOptions {
  /** The portal's public URL. */
  url: string;
  /** A management token (`lk_mgt_…`). */
  token: string;
  /** Time for one call, ms. A stream may take longer. Default 30,000. */
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** The largest answer that is read, unless as a stream. */
const MAX_ANSWER_BYTES = 64 * 1_024 * 1_024;

/**
 * A client of the management API, typed from its OpenAPI document: `client.GET("/api/v1/projects")` resolves to
 * `{ data }` or `{ error }`, where `error` is a problem (RFC 9457). It throws without an answer, and for a redirect,
 * which would hand the token to another server; for no other status. Throws `TypeError` for options that can't work.
 */
export function createManagementClient(options: ManagementOptions): Client<paths> {
  if (!isHttpUrl(options.url ?? ""))
    throw new TypeError(`Latchkey: "${options.url}" is not an http or https URL.`);
  checkToken(options.token, "management token");
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const streamed = new WeakSet<Request>();
  const client = createClient<paths>({
    baseUrl: options.url.replace(/\/+$/, ""),
    // A record is one parameter for each entry, as the document says: `metadata.plan=pro`.
    querySerializer: { object: { style: "form", explode: true } },
    headers: { Authorization: `Bearer ${options.token}` },
    async fetch(request) {
      if (streamed.has(request)) return sendTo(send, request, request.signal);
      return withinTime(timeoutMs, request.signal, async (signal) => {
        const response = await sendTo(send, request, signal);
        // Here, because the time is for the whole answer.
        const body = response.body && (await readBytes(response, MAX_ANSWER_BYTES));
        return new Response(body, response);
      });
    },
  });
  client.use({
    onRequest({ request, options: { parseAs } }) {
      if (parseAs === "stream") streamed.add(request);
    },
  });
  return client;
}

/**
 * The requests of bodies that may still be read. Node only refers weakly to a request whose headers are answered, and
 * once it is collected, aborting its signal no longer ends the reading.
 */
const requestOf = new WeakMap<ReadableStream, Request>();

async function sendTo(
  send: typeof globalThis.fetch,
  request: Request,
  signal: AbortSignal,
): Promise<Response> {
  // Not the signal of the request: see above.
  const response = await send(new Request(request, { redirect: "manual" }), { signal });
  if (response.body) requestOf.set(response.body, request);
  if (response.status < 300 || response.status >= 400) return response;
  await response.body?.cancel();
  throw new Error(
    `The portal redirects to ${response.headers.get("Location")}. Use the URL that it leads to.`,
  );
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
