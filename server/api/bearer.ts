import { acceptedPrefixes, type Prefixes, tokenKind } from "#core/tokens.ts";
import {
  authenticateManagementToken,
  type TokenActor,
  type TokenRejection,
} from "#domain/access/management-tokens/authenticate.ts";
import { DomainError } from "#domain/errors.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import type { Services } from "../context.ts";
import { HttpError } from "../problem.ts";

/** Who calls the API, and with which token. */
export interface Caller {
  actor: TokenActor;
  /** The token itself, from which the key for stored responses is derived. Never log or store it. */
  token: string;
}

/**
 * Who calls with `Authorization: Bearer <management token>`. Session cookies are ignored: browsers also send them with
 * requests of other sites' pages. Throws 401, and 403 from an IP address that the token doesn't allow.
 */
export async function requireCaller(services: Services, request: Request): Promise<Caller> {
  const address = request.headers.get(CLIENT_IP_HEADER);
  const token = managementTokenIn(request, acceptedPrefixes(services.settings));
  if (token === null) {
    throw unauthenticated(
      request.headers.has("authorization")
        ? "This is not a management token."
        : "Send a management token: Authorization: Bearer <token>.",
    );
  }
  const result = await authenticateManagementToken(services.db, token, Date.now(), {
    ipAddress: address,
    securityLog: services.securityLog,
  });
  if ("rejected" in result) throw rejection(result.rejected, address);
  return { actor: result.actor, token };
}

/** Why a token was rejected. The caller holds the token, so the response may say what to change. */
function rejection(reason: TokenRejection, address: string | null): Error {
  switch (reason) {
    case "expired":
      return unauthenticated("This management token has expired. Rotate it in the portal.");
    case "replaced":
      return unauthenticated(
        "This management token was rotated, and its old secret has ended. Send the new one.",
      );
    case "address": {
      const from = address === null ? "an unknown IP address" : `the IP address ${address}`;
      const detail = `This management token can't be used from ${from}. Use it from an allowed one, or create a token that allows this one.`;
      return new DomainError("forbidden", detail, { problem: "IP_NOT_ALLOWED" });
    }
    case "unknown":
    case "revoked":
    case "user-disabled":
    case "project-deleted":
      return unauthenticated("This management token is no longer valid.");
  }
}

/** The management token of the request; null unless its format and checksum are valid. */
export function managementTokenIn(request: Request, keyPrefixes: Prefixes): string | null {
  const token = /^Bearer +([\w]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return token !== undefined && tokenKind(keyPrefixes, token) === "mgt" ? token : null;
}

function unauthenticated(detail: string): HttpError {
  return new HttpError(401, detail, { headers: { "WWW-Authenticate": "Bearer" } });
}
