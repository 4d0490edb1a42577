interface FetchLimits {
  /** For the whole exchange, body included: a response may trickle. */
  timeoutMs: number;
  /** Of the body. */
  maxBytes: number;
  headers?: HeadersInit;
}

/** A server answered with another status than 2xx. */
export class UnexpectedStatus extends Error {
  override readonly name = "UnexpectedStatus";
  readonly status: number;

  constructor(status: number) {
    super(`it answers ${status}`);
    this.status = status;
  }
}

/**
 * A response whose body has been read. For servers that the operator has configured: sends to any address, and follows no
 * redirect. Throws if the server takes too long or sends more than `maxBytes`.
 */
export async function fetchLimited(
  url: string,
  { timeoutMs, maxBytes, headers = {} }: FetchLimits,
): Promise<Response> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(timeoutMs), headers });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) throw new Error("its response is too large");
    chunks.push(chunk);
  }
  // A status without a body allows not even an empty one.
  const body = chunks.length === 0 ? null : new Blob(chunks);
  return new Response(body, response);
}

/** The JSON of a response. Throws `UnexpectedStatus`, and like `fetchLimited`. No error repeats what was received. */
export async function fetchJson(url: string, limits: FetchLimits): Promise<unknown> {
  const response = await fetchLimited(url, limits);
  if (!response.ok) throw new UnexpectedStatus(response.status);
  try {
    return await response.json();
  } catch {
    throw new Error("its response is not JSON");
  }
}
