import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isPublicIpAddress } from "#core/public-ip-address.ts";
import { currentVersion } from "#platform/version.ts";
import {
  checkedLookup,
  noResponseError,
  type ResolveName,
  requestErrorText,
  requireAllowedUrl,
  systemResolver,
} from "./target.ts";

/** What receivers read in their logs. */
export const USER_AGENT = `Latchkey/${currentVersion()}`;

/** A request that the portal sends for a user. */
export interface OutgoingRequest {
  method: string;
  headers: [name: string, value: string][];
  body: string | null;
}

export interface OutgoingOptions {
  /** Whether private, loopback and link-local addresses, and http, are allowed. */
  toPrivate: boolean;
  timeoutMs: number;
  /** Bytes of a response that are read. */
  maxBytes: number;
  /** Only the head of the response is returned, as soon as it arrives. Its body is read and discarded. */
  discardsBody?: boolean;
  /** The system's resolver; replaced in tests. */
  resolveName?: ResolveName;
  /** Whether an IP address may be called; replaced in tests. */
  mayCall?: (address: string) => boolean;
}

/** A response, or why there is none. */
export type OutgoingResult =
  | {
      status: number;
      statusText: string;
      headers: [name: string, value: string][];
      body: Buffer;
      /** Whether the body was longer than `maxBytes`. */
      truncated: boolean;
      tookMs: number;
    }
  | {
      error: string;
      /** Whether a connection was established, so that the receiver may have read the request. */
      connected: boolean;
      tookMs: number;
    };

/**
 * Sends one request and reads its response, which may be long. Redirects are not followed, nothing is decompressed, and
 * the connection goes to the very IP address that was checked.
 */
export async function sendOutside(
  address: string | URL,
  request: OutgoingRequest,
  {
    toPrivate,
    timeoutMs,
    maxBytes,
    discardsBody = false,
    resolveName = systemResolver,
    mayCall = isPublicIpAddress,
  }: OutgoingOptions,
): Promise<OutgoingResult> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  let connected = false;
  const onConnect = () => {
    connected = true;
  };
  try {
    const url = new URL(address);
    if (url.protocol !== "http:" && url.protocol !== "https:") throw new Error("neither http nor https");
    if (!toPrivate) requireAllowedUrl(url, mayCall);
    const lookup = checkedLookup(resolveName, toPrivate ? () => true : mayCall);
    const options = { lookup, timeoutMs, maxBytes, discardsBody, onConnect };
    return { ...(await exchange(url, request, options)), tookMs: took() };
  } catch (error) {
    return { error: requestErrorText(error), connected, tookMs: took() };
  }
}

type Exchanged = Omit<Extract<OutgoingResult, { status: number }>, "tookMs">;

interface ExchangeOptions extends Pick<OutgoingOptions, "timeoutMs" | "maxBytes"> {
  discardsBody: boolean;
  lookup: LookupFunction;
  onConnect: () => void;
}

function exchange(
  url: URL,
  { method, headers, body }: OutgoingRequest,
  { lookup, timeoutMs, maxBytes, discardsBody, onConnect }: ExchangeOptions,
): Promise<Exchanged> {
  const start = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((answered, failed) => {
    let responded = false;
    const call = start(
      url,
      {
        method,
        agent: false,
        headers: [
          ["host", url.host],
          ...headers,
          ...(body === null ? [] : [["content-length", String(Buffer.byteLength(body))]]),
        ].flat(),
        // Bounds the whole exchange: a response may trickle.
        signal: AbortSignal.timeout(timeoutMs),
        lookup,
      },
      (response) => {
        responded = true;
        const chunks: Buffer[] = [];
        let bytes = 0;
        const done = (truncated: boolean) =>
          answered({
            status: response.statusCode ?? 0,
            statusText: response.statusMessage ?? "",
            headers: listed(response.headers),
            body: Buffer.concat(chunks).subarray(0, maxBytes),
            truncated,
          });
        if (discardsBody) done(false);
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (!discardsBody) chunks.push(chunk);
          if (bytes <= maxBytes) return;
          done(true);
          response.destroy();
        });
        response.on("end", () => done(false));
        response.on("error", failed);
      },
    );
    call.on("socket", (socket) => socket.once("connect", onConnect));
    call.on("error", failed);
    call.on("close", () => {
      if (!responded) failed(noResponseError());
    });
    call.end(body ?? undefined);
  });
}

const MAX_HEADERS = 100;

function listed(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers)
    .slice(0, MAX_HEADERS)
    .map(([name, value]) => [
      name,
      (Array.isArray(value) ? value.join(", ") : (value ?? "")).slice(0, 4_000),
    ]);
}

/**
 * How long a `Retry-After` header asks to wait, ms: seconds or an HTTP date (RFC 9110 10.2.3); null without one, or for
 * anything else.
 */
export function readRetryAfter(headers: readonly [string, string][], nowMs: number): number | null {
  const header = headers.find(([name]) => name === "retry-after")?.[1];
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
