import "server-only";
import type { AuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GitHubProvider, { type GithubProfile } from "next-auth/providers/github";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Settings } from "#core/settings.ts";
import { endMySession } from "#domain/account/mySessions.ts";
import { type ProviderProfile, signInWithProvider } from "#domain/account/providers.ts";
import { signInSchema } from "#domain/account/schemas.ts";
import { actorOfSession } from "#domain/account/sessions.ts";
import { signIn } from "#domain/account/signIn.ts";
import { DomainError } from "#domain/errors.ts";
import { noteSignInFailed } from "#domain/security/note.ts";
import { ctxFor, getServices } from "./context.ts";
import { log } from "./log.ts";
import { samePortal } from "./same-portal.ts";
import { sessionCookies } from "./session-cookies.ts";
import { visitor } from "./visitor.ts";

/** GitHub is no OpenID Connect provider for people: its identities have this issuer. */
const GITHUB_ISSUER = "https://github.com";

const SESSION_SECONDS = 30 * 86_400;

/** next-auth, told of our sessions: its cookie carries a session token and nothing else, which no answer repeats. */
export async function authOptions(): Promise<AuthOptions> {
  const { settings } = await getServices();
  return {
    secret: process.env.AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    jwt: { maxAge: SESSION_SECONDS },
    cookies: sessionCookies(settings.url),
    useSecureCookies: settings.url.startsWith("https:"),
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      password(),
      ...(settings.github ? [github(settings.github)] : []),
      ...(settings.oidc ? [oidc(settings.oidc)] : []),
    ],
    callbacks: {
      signIn: ({ user, account, profile }) =>
        account === null || account.type === "credentials"
          ? true
          : admit(user, {
              provider: account.provider,
              issuer: issuerOf(profile) ?? GITHUB_ISSUER,
              accountId: account.providerAccountId,
              name: user.name ?? "",
              verifiedEmail: verifiedEmailOf(profile, user),
            }),
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
      const { actor, userAgent } = await visitor();
      try {
        const { userId, sessionToken } = await signIn({
          ctx: await ctxFor(actor),
          input: parsed.data,
          userAgent,
        });
        return { id: userId, sessionToken };
      } catch (error) {
        // next-auth hands an error's message to the page: only messages that are meant for people go there.
        if (error instanceof DomainError) throw new Error(error.message);
        log.error({ err: error }, "sign-in broke");
        throw new Error("Signing in failed on our side. Try again.");
      }
    },
  });
}

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
        const response = await fetch("https://api.github.com/user/emails", {
          headers: { Authorization: `Bearer ${token}`, Accept: "application/vnd.github+json" },
        });
        const emails: { email: string; primary: boolean; verified: boolean }[] = response.ok
          ? await response.json()
          : [];
        // The address of the profile may be unproved; only the primary one that GitHub has verified counts.
        const email = emails.find((entry) => entry.primary && entry.verified)?.email;
        return { ...profile, email, email_verified: email !== undefined };
      },
    },
  };
}

interface OidcProfile {
  sub: string;
  name?: string | undefined;
  email?: string | undefined;
  email_verified?: boolean | undefined;
}

function oidc({
  issuer,
  clientId,
  clientSecret,
  name,
}: NonNullable<Settings["oidc"]>): OAuthConfig<OidcProfile> {
  return {
    id: "oidc",
    name,
    type: "oauth",
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    // OpenID Connect Core 5.4: with a code, the address may be told at the userinfo endpoint alone.
    userinfo: {
      async request({ client, tokens }) {
        // Always openid-client's TokenSet, whose id token is verified; next-auth's type says less.
        if (typeof tokens.claims !== "function") throw new Error("The provider sent no id token.");
        const claims: OidcProfile = tokens.claims();
        const told = claims.email !== undefined && claims.email_verified !== undefined;
        const endpoint = client.issuer.metadata.userinfo_endpoint;
        if (told || !endpoint || !tokens.access_token) return claims;
        const { sub, name, email, email_verified } = await client.userinfo(tokens.access_token);
        if (sub !== claims.sub) throw new Error("The userinfo endpoint speaks of somebody else.");
        return { ...claims, name: claims.name ?? name, email, email_verified };
      },
    },
    checks: ["pkce", "state", "nonce"],
    clientId,
    clientSecret,
    profile: (profile) => ({
      id: profile.sub,
      sessionToken: "",
      name: profile.name ?? profile.email ?? "",
      email: profile.email ?? null,
    }),
  };
}

/** Signs in whom a provider vouches for; a refusal becomes a message on the sign-in page. */
async function admit(user: User, profile: ProviderProfile): Promise<boolean | string> {
  const { actor, userAgent } = await visitor();
  const ctx = await ctxFor(actor);
  try {
    const signedIn = await signInWithProvider({ ctx, input: profile, userAgent });
    user.id = signedIn.userId;
    user.sessionToken = signedIn.sessionToken;
    return true;
  } catch (error) {
    if (error instanceof DomainError) {
      const { provider, issuer, accountId } = profile;
      noteSignInFailed(ctx, provider, "not-let-in", null, `${issuer} ${accountId}`);
      return "/sign-in?error=NotInvited";
    }
    log.error({ err: error }, "sign-in through a provider broke");
    return "/sign-in?error=Provider";
  }
}

/** The verified `iss` of an id token, without trailing slashes. */
function issuerOf(profile: object | undefined): string | null {
  const issuer = profile !== undefined && "iss" in profile ? profile.iss : null;
  return typeof issuer === "string" ? issuer.replace(/\/+$/, "") : null;
}

function verifiedEmailOf(profile: object | undefined, user: User): string | null {
  const verified = profile !== undefined && "email_verified" in profile && profile.email_verified === true;
  return verified && user.email ? user.email.trim().toLowerCase() : null;
}

async function endSession(sessionToken: string | undefined): Promise<void> {
  if (!sessionToken) return;
  const { db } = await getServices();
  const actor = await actorOfSession(db, sessionToken, null, Date.now());
  if (actor?.session)
    await endMySession({ ctx: await ctxFor(actor), input: { sessionId: actor.session.id } });
}

declare module "next-auth" {
  interface User {
    /** Ours, not next-auth's. */
    sessionToken: string;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    sid?: string | undefined;
  }
}
