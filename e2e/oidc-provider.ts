import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** A real OpenID Connect provider without passwords: its sign-in page asks only for a name. */
export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  stop(): Promise<void>;
}

interface ProviderOptions {
  port: number;
  redirectUri: string;
  /** Where it posts logout tokens; undefined if it does not. */
  logoutUri?: string;
  /** The address is sent in the ID token, or at the userinfo endpoint alone, as by this provider's defaults. */
  addressIn: "id token" | "userinfo";
  /** The domain of its addresses. */
  domain: string;
}

/**
 * Names that begin with `unproved` get an address that the provider has not verified, and names that begin with
 * `chief` are in the group `ops`, which the scope `groups` asks for.
 */
export async function startProvider(options: ProviderOptions): Promise<TestProvider> {
  const { port, redirectUri, logoutUri, addressIn, domain } = options;
  const issuer = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = ["latchkey", "a secret between the two of them"];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        response_types: ["code"],
        ...(logoutUri && {
          backchannel_logout_uri: logoutUri,
          backchannel_logout_session_required: true,
        }),
      },
    ],
    scopes: ["openid", "groups"],
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name"],
      groups: ["groups"],
    },
    conformIdTokenClaims: addressIn === "userinfo",
    features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: logoutUri !== undefined } },
    // Without its dispatcher, which calls no address of this machine.
    fetch: (url, init) => {
      const plain: RequestInit = { ...init };
      Reflect.deleteProperty(plain, "dispatcher");
      return fetch(url, plain);
    },
    cookies: { keys: ["only for tests"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        name: id,
        email: `${id}@${domain}`,
        email_verified: !id.startsWith("unproved"),
        groups: id.startsWith("chief") ? ["staff", "ops"] : ["staff"],
      }),
    }),
  });
  const server = createServer(provider.callback()).listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: bound } = server.address() as AddressInfo;
  return {
    issuer: `http://127.0.0.1:${bound}`,
    clientId,
    clientSecret,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
