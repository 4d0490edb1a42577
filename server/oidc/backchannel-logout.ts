import { logOutByProvider } from "#domain/access/accounts/provider-logout.ts";
import { clientKey } from "#domain/access/accounts/throttle.ts";
import { createContext } from "#domain/context.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import { readBody } from "../api/body.ts";
import { callRatesOf } from "../api/call-rates.ts";
import { getServices, type Services } from "../context.ts";
import { log } from "../log.ts";
import { HttpError, problemResponse } from "../problem.ts";
import { currentRequestId, setRoute } from "../request-scope.ts";
import { InvalidLogoutToken, verifyLogoutToken } from "./logout-token.ts";
import { ProviderKeys, ProviderKeysUnavailable } from "./provider-keys.ts";

const CAP_BYTES = 32 * 1024;
const FORM = /^application\/x-www-form-urlencoded\b/i;

/** A provider says that a user signed out there (OpenID Connect Back-Channel Logout 1.0, 2.5). */
export async function serveBackchannelLogout(
  request: Request,
  providerId: string,
  services: () => Promise<Services> = getServices,
): Promise<Response> {
  setRoute("/api/auth/backchannel-logout/{provider}");
  try {
    return await answer(request, providerId, await services());
  } catch (error) {
    if (!(error instanceof InvalidLogoutToken)) return problemResponse(error, currentRequestId());
    log.warn({ provider: providerId, reason: error.message }, "a logout token was rejected");
    return respond(400, { error: "invalid_request", error_description: error.message });
  }
}

async function answer(request: Request, providerId: string, services: Services): Promise<Response> {
  const provider = services.settings.oidc.find(({ id }) => id === providerId);
  if (provider === undefined) throw new HttpError(404, "There is no such provider.");
  const ipAddress = request.headers.get(CLIENT_IP_HEADER);
  // The provider sends one request for each session, so the rate of a credential applies and not that of a stranger.
  const taken = callRatesOf(services).ofLookup(ipAddress === null ? "" : clientKey(ipAddress));
  if (!taken.fits) {
    throw new HttpError(429, "Too many calls within a minute. Wait as long as Retry-After says.", {
      headers: { "Retry-After": String(Math.max(1, Math.ceil(taken.waitMs / 1_000))) },
    });
  }
  if (!FORM.test(request.headers.get("content-type") ?? "")) {
    throw new HttpError(415, "Send the token as application/x-www-form-urlencoded.");
  }
  const form = new URLSearchParams(new TextDecoder().decode(await readBody(request, CAP_BYTES)));
  const token = form.get("logout_token");
  if (!token) throw new InvalidLogoutToken("The field logout_token is missing.");
  const keys = processSingleton("provider keys", () => new ProviderKeys());
  const signingKeys = await keys.of(provider).catch(unavailable);
  const logout = await verifyLogoutToken(token, provider, signingKeys, Date.now()).catch((error: unknown) => {
    if (error instanceof ProviderKeysUnavailable) return unavailable(error);
    throw error;
  });
  const ctx = createContext(services, { kind: "visitor", ipAddress });
  if (!(await logOutByProvider({ ctx, input: logout }))) {
    throw new InvalidLogoutToken("The logout token was used before.");
  }
  return respond(200, null);
}

function unavailable(cause: unknown): never {
  throw new HttpError(503, "The provider's keys can't be read. Try again in a minute.", {
    cause,
    headers: { "Retry-After": "60" },
  });
}

function respond(status: number, body: object | null): Response {
  return new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: {
      "Cache-Control": "no-store",
      "X-Request-Id": currentRequestId(),
      ...(body !== null && { "Content-Type": "application/json" }),
    },
  });
}
