import { type LookupAddress, lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "#core/public-address.ts";
import type { Outcome } from "#domain/notifications/webhooks/deliver.ts";
import { currentVersion } from "#platform/version.ts";

const USER_AGENT = `Latchkey/${currentVersion()}`;
const TIMEOUT_MS = 10_000;
/** Bytes of a response that are read and discarded. */
const ANSWER_BYTES = 64 * 1024;

/** Resolves a host name to all its addresses. */
type ResolveName = (name: string, done: (error: Error | null, found: LookupAddress[]) => void) => void;

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

/** Why a URL is not called. Shown to the project's owners, and reveals nothing about the target. */
class TargetNotAllowed extends Error {
  override readonly name = "TargetNotAllowed";
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
    resolveName = bySystem,
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

/** IP addresses are not resolved, so they are checked here. */
function requireAllowedUrl(url: URL, mayCall: (address: string) => boolean): void {
  if (url.protocol !== "https:") throw new TargetNotAllowed("not https");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !mayCall(host)) throw new TargetNotAllowed("a private address");
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
    call.end(body);
  });
}

const bySystem: ResolveName = (name, done) => lookup(name, { all: true }, done);

const isRedirect = (status: number) => status >= 300 && status < 400;

/** A resolver that succeeds only if all addresses may be called; the connection uses its result. */
function checkedLookup(resolveName: ResolveName, mayCall: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, (error, found) => {
      if (error) return callback(error, "", 0);
      const [first] = found;
      if (!first || !found.every(({ address }) => mayCall(address))) {
        return callback(new TargetNotAllowed("a private address"), "", 0);
      }
      if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * How long a `Retry-After` header asks to wait: seconds or an HTTP date (RFC 9110 10.2.3); null for anything else.
 */
function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

const NOT_TLS = "The port does not speak TLS. Check the port, and that the receiver serves https there.";
const UNKNOWN_ISSUER =
  "Its certificate was issued by an authority that this portal does not trust. Use a publicly trusted certificate, or have the operator add the authority with NODE_EXTRA_CA_CERTS.";
const INCOMPLETE_CHAIN =
  "Its certificate can't be verified. Either the receiver does not send the intermediate certificate: configure the full chain. Or the issuer is not publicly trusted: the operator can add it with NODE_EXTRA_CA_CERTS.";
const NOT_HTTP = "The response is not HTTP.";

const ERROR_TEXTS: Record<string, string> = {
  ENOTFOUND: "The host name can't be resolved.",
  EAI_AGAIN: "The host name can't be resolved at the moment.",
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was closed.",
  ETIMEDOUT: "It did not respond in time.",
  ABORT_ERR: "It did not respond in time.",
  CERT_HAS_EXPIRED: "Its certificate has expired.",
  EHOSTUNREACH: "There is no route to the host.",
  ENETUNREACH: "There is no route to the host.",
  EPIPE: "The connection was closed.",
  CERT_NOT_YET_VALID: "Its certificate is not valid yet.",
  CERT_REVOKED: "Its certificate was revoked.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Its certificate is self-signed.",
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: INCOMPLETE_CHAIN,
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another name.",
};

/** Why there is no status, for people. Not the error's own text, which may reveal details of this network. */
function errorText(error: unknown): string {
  if (error instanceof TargetNotAllowed) return `Not called: ${error.message}.`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof Error && error.name === "TimeoutError") return ERROR_TEXTS.ABORT_ERR ?? "";
  if (code.startsWith("HPE_")) return NOT_HTTP;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return tlsErrorText(error);
  return ERROR_TEXTS[code] ?? "The request failed.";
}

/** OpenSSL gives the cause only in its text. */
function tlsErrorText(error: unknown): string {
  return /wrong version number|packet length too long|http request/i.test(String(error))
    ? NOT_TLS
    : "The TLS handshake failed. Check which versions of TLS and which ciphers the receiver offers.";
}
