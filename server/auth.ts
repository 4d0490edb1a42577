import "server-only";
import { cookies } from "next/headers";
import type { AuthOptions, Profile, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider, { type GithubProfile } from "next-auth/providers/github";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { SiteRole } from "#db/tables/accounts.ts";
import { finishSignIn } from "#domain/access/accounts/factors/pending-sign-in.ts";
import { endMySession } from "#domain/access/accounts/my-sessions.ts";
import {
  emailClaim,
  groupsIn,
  issuerClaim,
  nameClaim,
  type ProviderClaims,
  subjectClaim,
} from "#domain/access/accounts/provider-claims.ts";
import {
  type ProviderProfile,
  ProviderSignInDenied,
  signInWithProvider,
} from "#domain/access/accounts/providers.ts";
import type { SignedIn } from "#domain/access/accounts/record-session.ts";
import { finishSignInSchema, signInSchema } from "#domain/access/accounts/schema.ts";
import { actorOfSession } from "#domain/access/accounts/sessions.ts";
import { signIn } from "#domain/access/accounts/sign-in.ts";
import { requireRecentConfirmation } from "#domain/access/accounts/step-up.ts";
import { recordSignInFailed } from "#domain/access/security/record.ts";
import type { Ctx } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";
import type { Settings } from "#platform/settings.ts";
import { contextFor, getServices } from "./context.ts";
import { primaryGithubEmail } from "./github-email.ts";
import { log } from "./log.ts";
import { GITHUB_ISSUER, linksByEmail, verifiesEmail } from "./providers.ts";
import { samePortal } from "./safe-redirect.ts";
import { cookieToken, getActor, visitor } from "./session.ts";
import { claimsIn, providerCookie, providerSignInStart, sessionCookies } from "./session-cookies.ts";

/** Configures next-auth for our sessions: its cookie carries only a session token, which no response repeats. */
export async function authOptions(): Promise<AuthOptions> {
  const { settings } = await getServices();
  const maxAge = settings.sessions.maxMs / 1000;
  return {
    secret: process.env.AUTH_SECRET,
    session: { strategy: "jwt", maxAge },
    jwt: { maxAge, decode: ({ token }) => claimsIn(token) },
    cookies: sessionCookies(settings.url),
    useSecureCookies: settings.url.startsWith("https:"),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      password(),
      secondFactor(),
      ...(settings.github ? [github(settings.github)] : []),
      ...settings.oidc.map(oidc),
    ],
    callbacks: {
      signIn: ({ user, account, profile }) =>
        account === null || account.type === "credentials"
          ? true
          : admit(user, account.provider, { ...profile }),
      jwt: ({ token, user }) => ({ sid: user ? user.sessionToken : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => samePortal(url, settings.url),
    },
    events: { signOut: ({ token }) => endSession(token?.sid) },
    logger: {
      error: (code) => log.warn({ code }, "sign-in failed"),
      warn: () => {},
      debug: () => {},
    },
  };
}

function password() {
  return CredentialsProvider({
    credentials: { email: {}, password: {} },
    async authorize(credentials) {
      const parsed = signInSchema.safeParse({ email: credentials?.email, password: credentials?.password });
      if (!parsed.success) return null;
      return authorized((ctx, userAgent) => signIn({ ctx, input: parsed.data, userAgent }));
    },
  });
}

/** The second step: completes the sign-in that waits in the cookie. */
function secondFactor() {
  return CredentialsProvider({
    id: "second-factor",
    credentials: { code: {} },
    async authorize(credentials) {
      const token = await cookieToken();
      const parsed = finishSignInSchema.safeParse({ token, code: credentials?.code });
      if (!parsed.success) return null;
      return authorized(async (ctx, userAgent) => finishSignIn({ ctx, input: parsed.data, userAgent }));
    },
  });
}

/** Runs a sign-in. next-auth shows an error's message on the page, so only messages for people may be thrown. */
async function authorized(work: (ctx: Ctx, userAgent: string | null) => Promise<SignedIn>): Promise<User> {
  const { actor, userAgent } = await visitor();
  try {
    const { userId, sessionToken } = await work(await contextFor(actor), userAgent);
    return { id: userId, sessionToken };
  } catch (error) {
    if (error instanceof DomainError) throw new Error(error.message);
    log.error({ err: error }, "sign-in failed unexpectedly");
    throw new Error("Sign-in failed because of an internal error. Try again.");
  }
}

/** next-auth stores nothing about a provider's user: `profileOf` reads the claims. */
const noProfile = () => ({ id: "unread", sessionToken: "" });

function github({ id, secret }: NonNullable<Settings["github"]>): OAuthConfig<GithubProfile> {
  const provider = GitHubProvider({
    clientId: id,
    clientSecret: secret,
    authorization: {
      url: "https://github.com/login/oauth/authorize",
      params: { scope: "read:user user:email" },
    },
  });
  return {
    ...provider,
    checks: ["pkce", "state"],
    userinfo: {
      url: "https://api.github.com/user",
      async request({ client, tokens }) {
        const token = tokens.access_token ?? "";
        const profile = await client.userinfo(token);
        // The profile's email address may be unverified; only the primary address that GitHub has verified counts.
        const primary = await primaryGithubEmail(token);
        return {
          ...profile,
          sub: subjectClaim(profile.id) ?? "",
          email: primary?.email,
          email_verified: primary?.verified,
        };
      },
    },
    profile: noProfile,
  };
}

function oidc(provider: OidcProvider): OAuthConfig<Profile> {
  const { id, issuer, clientId, clientSecret, name, scopes, groupsClaim, adminGroups } = provider;
  const needed = ["email", "email_verified", ...(adminGroups.length > 0 ? [groupsClaim] : [])];
  return {
    id,
    name,
    type: "oauth",
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: scopes } },
    idToken: true,
    // OpenID Connect Core 5.4: with the code flow, claims may only be available at the userinfo endpoint.
    userinfo: {
      async request({ client, tokens }) {
        // Always openid-client's TokenSet with a verified ID token; next-auth's type is wider.
        if (typeof tokens.claims !== "function") throw new Error("The provider sent no id token.");
        const claims = tokens.claims();
        const isComplete = needed.every((claim) => claims[claim] !== undefined);
        const endpoint = client.issuer.metadata.userinfo_endpoint;
        if (isComplete || !endpoint || !tokens.access_token) return claims;
        const { sub, name, email, email_verified, ...others } = await client.userinfo(tokens.access_token);
        if (sub !== claims.sub) throw new Error("The userinfo endpoint returned another user.");
        const groups = claims[groupsClaim] ?? others[groupsClaim];
        return { ...claims, name: claims.name ?? name, email, email_verified, [groupsClaim]: groups };
      },
    },
    checks: ["pkce", "state", "nonce"],
    clientId,
    clientSecret,
    profile: noProfile,
  };
}

/** Signs in a provider's user. A denial shows a message on the sign-in page and logs its reason. */
async function admit(user: User, provider: string, claims: ProviderClaims): Promise<boolean | string> {
  const { actor, userAgent } = await visitor();
  const ctx = await contextFor(actor);
  try {
    const input = {
      ...profileOf(provider, claims, (await getServices()).settings),
      connectTo: await connecting(),
      ...(await startedAt()),
    };
    const signedIn = await signInWithProvider({ ctx, input, userAgent });
    user.id = signedIn.userId;
    user.sessionToken = signedIn.sessionToken;
    return true;
  } catch (error) {
    if (error instanceof ProviderSignInDenied) {
      const typed = JSON.stringify([claims.iss, claims.sub]);
      recordSignInFailed(ctx, { method: provider, reason: error.reason, account: null, typed });
      return `/sign-in?error=${error.reason}`;
    }
    log.error({ err: error }, "sign-in through a provider failed");
    return "/sign-in?error=Provider";
  }
}

/** When the browser was sent to the provider. */
async function startedAt(): Promise<{ startedAt?: number }> {
  const cookie = providerCookie((await getServices()).settings.url);
  const value = (await cookies()).get(cookie.name)?.value;
  const at = await providerSignInStart(value, cookie, process.env.AUTH_SECRET ?? "");
  return at === undefined ? {} : { startedAt: at };
}

/**
 * Throws `ProviderSignInDenied` if the claims don't identify a user. The issuer must be the configured one (OpenID
 * Connect Discovery, 4.3): otherwise one provider could name another as its issuer, and sign in that one's users.
 */
function profileOf(
  provider: string,
  claims: ProviderClaims,
  settings: Pick<Settings, "github" | "oidc">,
): ProviderProfile {
  const oidc = settings.oidc.find(({ id }) => id === provider);
  const issuer = oidc ? issuerClaim(claims.iss) : GITHUB_ISSUER;
  const accountId = subjectClaim(claims.sub);
  if (issuer === null || accountId === null) throw new ProviderSignInDenied("subject-unusable");
  if (oidc && issuer !== oidc.issuer) throw new ProviderSignInDenied("issuer-unexpected");
  const email = emailClaim(claims, oidc?.trustedDomains ?? []);
  const siteRole = roleOf(oidc, claims);
  const sid = oidc ? subjectClaim(claims.sid) : null;
  const mayLink = "address" in email && linksByEmail(settings, provider, email.address);
  const verifies = "address" in email && verifiesEmail(settings, provider, email.address);
  return {
    provider,
    issuer,
    accountId,
    name: nameClaim(claims),
    email,
    linksByEmail: mayLink,
    verifiesEmail: verifies,
    siteRole,
    sid,
  };
}

/**
 * The user who is signed in at this browser and confirmed their identity recently; null if there is none, and for users
 * who must set up a second factor first.
 */
async function connecting(): Promise<string | null> {
  const actor = await getActor();
  if (actor.kind !== "user" || actor.session?.needsFactor) return null;
  try {
    requireRecentConfirmation(await contextFor(actor));
    return actor.userId;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** The role that the user's groups give; null if the provider does not decide roles. */
function roleOf(provider: OidcProvider | undefined, claims: ProviderClaims): SiteRole | null {
  if (!provider || provider.adminGroups.length === 0) return null;
  const groups = groupsIn(claims[provider.groupsClaim]);
  return groups.some((group) => provider.adminGroups.includes(group)) ? "admin" : "developer";
}

async function endSession(sessionToken: string | undefined): Promise<void> {
  if (!sessionToken) return;
  const actor = await actorOfSession(await getServices(), sessionToken, null, Date.now());
  if (actor?.session)
    await endMySession({ ctx: await contextFor(actor), input: { sessionId: actor.session.id } });
}

declare module "next-auth" {
  interface User {
    /** Our own session token, not next-auth's. */
    sessionToken: string;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    sid?: string | undefined;
  }
}
