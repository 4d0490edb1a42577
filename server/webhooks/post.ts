import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isPublicAddress } from "#core/public-address.ts";
import type { Outcome } from "#domain/notifications/webhooks/deliver.ts";
import { currentVersion } from "#platform/version.ts";
import {
  checkedLookup,
  errorText,
  noResponseError,
  type ResolveName,
  requireAllowedUrl,
  systemResolver,
} from "../outgoing/target.ts";

const USER_AGENT = `Latchkey/${currentVersion()}`;
const TIMEOUT_MS = 10_000;
/** Bytes of a response that are read and discarded. */
const ANSWER_BYTES = 64 * 1024;

interface PostOptions {
  /** Whether private, loopback and link-local addresses, and http, are allowed. */
  toPrivate: boolean;
  /** The system's resolver; replaced in tests. */
  resolveName?: ResolveName;
  /** Whether an IP address may be called; replaced in tests. */
  mayCall?: (address: string) => boolean;
  timeoutMs?: number;
  /** Epoch ms, to interpret a `Retry-After` date; the system's clock by default. */
  now?: () => number;
}

/**
 * Sends one POST and reads only the response's status. Redirects are not followed. Connects to the very IP address
 * that was checked.
 */
export async function post(
  address: string,
  headers: Record<string, string>,
  body: string,
  {
    toPrivate,
    resolveName = systemResolver,
    mayCall = isPublicAddress,
    timeoutMs = TIMEOUT_MS,
    now = Date.now,
  }: PostOptions,
): Promise<Outcome> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const url = new URL(address);
    if (!toPrivate) requireAllowedUrl(url, mayCall);
    const allowed = toPrivate ? () => true : mayCall;
    const { status, retryAfter } = await send(
      url,
      headers,
      body,
      checkedLookup(resolveName, allowed),
      timeoutMs,
    );
    const error = isRedirect(status) ? "Redirects are not followed." : null;
    return { status, error, tookMs: took(), retryAfterMs: readRetryAfter(retryAfter, now()) };
  } catch (error) {
    return { status: null, error: errorText(error), tookMs: took(), retryAfterMs: null };
  }
}

function send(
  url: URL,
  headers: Record<string, string>,
  body: string,
  lookup: LookupFunction,
  timeoutMs: number,
): Promise<{ status: number; retryAfter: string | undefined }> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    const call = request(
      url,
      {
        method: "POST",
        agent: false,
        headers: { ...headers, "content-length": Buffer.byteLength(body), "user-agent": USER_AGENT },
        signal: AbortSignal.timeout(timeoutMs),
        lookup,
      },
      (response) => {
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES) response.destroy();
        });
        response.on("error", () => {});
        answered({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] });
      },
    );
    call.on("error", failed);
    call.on("close", () => failed(noResponseError()));
    call.end(body);
  });
}

const isRedirect = (status: number) => status >= 300 && status < 400;

/**
 * How long a `Retry-After` header asks to wait: seconds or an HTTP date (RFC 9110 10.2.3); null for anything else.
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
