import { nodeTransport } from "./node-transport.ts";
import { TimedOutError, type Transport } from "./post.ts";
import { readText } from "./read-text.ts";

/** `fetch` if it is given. Otherwise Node's own client, which takes less processor time, or the platform's `fetch`. */
export function transportOf(fetch: typeof globalThis.fetch | undefined): Transport {
  if (fetch !== undefined) return fetchTransport(fetch);
  return nodeTransport() ?? fetchTransport((input, init) => globalThis.fetch(input, init));
}

function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  return async ({ url, headers, body, timeoutMs, maxBytes, signal }) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        // A redirect would hand the key and the token to another server.
        redirect: "manual",
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      return { status: response.status, text: await readText(response, maxBytes) };
    } catch (error) {
      throw timeout.aborted ? new TimedOutError() : error;
    }
  };
}
