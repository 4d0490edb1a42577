import { acceptedPrefixes, type Prefixes, parseToken } from "#core/tokens.ts";
import { authenticateManagementToken } from "#domain/access/management-tokens/authenticate.ts";
import type { UserActor } from "#domain/context.ts";
import { CLIENT_ADDRESS_HEADER } from "../client-address.ts";
import type { Services } from "../context.ts";
import { HttpError } from "../problem.ts";

/** Who calls the API, and the token they did it with. */
export interface Caller {
  actor: UserActor & Required<Pick<UserActor, "token">>;
  /** The token itself: what stored answers are sealed with. Never log it, never keep it. */
  token: string;
}

/**
 * The user behind `Authorization: Bearer <management token>`. Nothing else signs a call of the API in: a
 * session cookie is sent along by the browser whoever made the page, so it must not count here.
 */
export async function requireCaller(services: Services, request: Request): Promise<Caller> {
  const address = request.headers.get(CLIENT_ADDRESS_HEADER);
  const token = managementTokenIn(request, acceptedPrefixes(services.settings));
  if (token === null) {
    throw unauthenticated(
      request.headers.has("authorization")
        ? "This is not a management token."
        : "Send a management token: Authorization: Bearer <token>.",
    );
  }
  const found = await authenticateManagementToken(services.db, token, Date.now(), {
    ipAddress: address,
    securityLog: services.securityLog,
  });
  if (!found) throw unauthenticated("This management token does not work any more.");
  return { actor: { kind: "user", via: "token", ipAddress: address, ...found }, token };
}

/** What was sent as a management token, if it has the shape and the checksum of one. */
export function managementTokenIn(request: Request, keyPrefixes: Prefixes): string | null {
  const token = /^Bearer +([\w]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return token !== undefined && parseToken(keyPrefixes, token)?.kind === "mgt" ? token : null;
}

function unauthenticated(detail: string): HttpError {
  return new HttpError(401, detail, { headers: { "WWW-Authenticate": "Bearer" } });
}
