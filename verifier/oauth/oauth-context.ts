import { AccessTokens } from "#engine/access-tokens/access-tokens.ts";
import { readSigningSecret } from "#engine/access-tokens/signing-secret.ts";
import type { Engine } from "#engine/engine.ts";
import { type IpAddressMatcher, ipAddressMatcher } from "#platform/http/client-ip-address.ts";
import type { Settings } from "#platform/settings.ts";

/** What the routes of access tokens need. */
export interface OAuthContext {
  accessTokens: AccessTokens;
  /** Where clients reach this verifier, without a trailing slash. */
  baseUrl: string;
  /** Whether an address is a proxy whose `X-Forwarded-For` counts. */
  isTrustedProxy: IpAddressMatcher;
}

/** Access tokens are issued if there is a secret for their signing keys. */
export function oauthContext(engine: Engine, settings: Settings): OAuthContext | undefined {
  const secret = readSigningSecret(settings);
  if (secret === null) return undefined;
  return {
    accessTokens: new AccessTokens(engine, settings, secret),
    baseUrl: settings.verifierUrl,
    isTrustedProxy: ipAddressMatcher(settings.trustedProxies),
  };
}
