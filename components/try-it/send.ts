import type { TryResponse } from "#domain/keys/try-it/schema.ts";
import { postJson } from "../restrictions/post-json.ts";
import type { PreparedRequest } from "./request.ts";

/** A response, and who sent the request. */
export type Tried = TryResponse & { from: "browser" | "portal" };

const TIMEOUT_MS = 15_000;
const MAX_CHARACTERS = 256 * 1_024;

/** Sends the request from this browser, without cookies. Null if the browser may not read a response. */
export async function sendFromBrowser({
  method,
  url,
  headers,
  body,
}: PreparedRequest): Promise<Tried | null> {
  const startedAt = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== null && { body }),
      credentials: "omit",
      cache: "no-store",
      redirect: "follow",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return {
      from: "browser",
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      body: text.includes("\0") || text.includes("\u{fffd}") ? null : text.slice(0, MAX_CHARACTERS),
      bytes: new Blob([text]).size,
      truncated: text.length > MAX_CHARACTERS,
      tookMs: Math.round(performance.now() - startedAt),
    };
  } catch {
    return null;
  }
}

/** Sends the request through the portal. Throws the portal's own error, such as too many requests. */
export async function sendThroughPortal(
  projectId: string,
  operation: { slug: string; operation: string },
  { url, headers, body }: PreparedRequest,
): Promise<Tried> {
  const answer = await postJson<TryResponse>(
    `/projects/${projectId}/try`,
    { ...operation, url, headers, body },
    AbortSignal.timeout(2 * TIMEOUT_MS),
  );
  return { ...answer, from: "portal" };
}
