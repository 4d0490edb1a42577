import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { errorCode } from "#platform/error-code.ts";

/** Resolves a host name to all its addresses. */
export type ResolveName = (name: string, done: (error: Error | null, found: LookupAddress[]) => void) => void;

/** Why a URL is not called. Shown to users, and reveals nothing about the target. */
export class TargetNotAllowed extends Error {
  override readonly name = "TargetNotAllowed";
}

/**
 * Throws `TargetNotAllowed` unless the URL uses https and, if its host is an IP address, may be called. IP addresses are
 * not resolved, so they are checked here.
 */
export function requireAllowedUrl(url: URL, mayCall: (address: string) => boolean): void {
  if (url.protocol !== "https:") throw new TargetNotAllowed("not https");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !mayCall(host)) throw new TargetNotAllowed("a private IP address");
}

/** The system's resolver. */
export const systemResolver: ResolveName = (name, done) => lookup(name, { all: true }, done);

/** A resolver that succeeds only if all addresses may be called; the connection uses its result. */
export function checkedLookup(
  resolveName: ResolveName,
  mayCall: (address: string) => boolean,
): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, (error, found) => {
      if (error) return callback(error, "", 0);
      const [first] = found;
      if (!first || !found.every(({ address }) => mayCall(address))) {
        return callback(new TargetNotAllowed("a private IP address"), "", 0);
      }
      if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * The reason of a request that closed without a response. Node reports no error, also not at a time limit, if the
 * response switches protocols (101) or answers CONNECT: nobody waits for the connection that it would hand over.
 */
export function noResponseError(): Error {
  return Object.assign(new Error("closed without a response"), { code: "ECONNRESET" });
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

/** Why there is no response, for people. Not the error's own text, which may reveal details of this network. */
export function requestErrorText(error: unknown): string {
  if (error instanceof TargetNotAllowed) return `Not called: ${error.message}.`;
  const code = errorCode(error) ?? "";
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
