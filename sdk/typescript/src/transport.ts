import { nodeTransport } from "./node-transport.ts";
import type { Transport } from "./post.ts";
import { readText } from "./read-body.ts";
import { withinTime } from "./time-limit.ts";

/** `fetch` if it is given. Otherwise Node's own client, which takes less processor time, or the platform's `fetch`. */
export function transportOf(fetch: typeof globalThis.fetch | undefined): Transport {
  if (fetch !== undefined) return fetchTransport(fetch);
  return nodeTransport() ?? fetchTransport((input, init) => globalThis.fetch(input, init));
}

function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return ({ url, headers, body, timeoutMs, maxBytes, signal }) =>
    withinTime(timeoutMs, signal, async (limited) => {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        // A redirect would hand the key and the token to another server.
        redirect: "manual",
        signal: limited,
      });
      return { status: response.status, text: await readText(response, maxBytes) };
    });
}
