import type { Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, ipAddressOf } from "../../context.ts";
import { requireIssuerAllowed } from "./required-provider.ts";
import { createSession, type ProviderSession } from "./sessions.ts";

/**
 * The user and the token that the signed cookie carries: of the session, or of a sign-in that waits for its second
 * factor.
 */
export interface SignedIn {
  userId: string;
  name: string;
  email: string;
  sessionToken: string;
}

export interface AuthenticatedUser {
  id: string;
  name: string;
  email: string;
  siteRole: SiteRole;
}

/** How and where a user signed in. */
export interface SignInDetails {
  /** For the audit log: `password`, or the id of the provider, and the kind of the second factor. */
  method: string;
  /**
   * False if the sign-in showed no credential that the portal knows, so that step-up asks for one: a provider may sign
   * in anyone at the browser without asking. Default: true.
   */
  confirmed?: boolean;
  /** The session at the provider that the user signed in through. */
  provider?: ProviderSession | undefined;
  userAgent: string | null;
}

/**
 * Creates the session of an authenticated user and records the sign-in. Every way to sign in ends here. Throws
 * `forbidden` if the user must sign in with a provider and did not.
 */
export async function recordSession(
  tx: Tx,
  ctx: Ctx,
  user: AuthenticatedUser,
  { method, confirmed = true, provider, userAgent }: SignInDetails,
): Promise<SignedIn> {
  requireIssuerAllowed(ctx, user.email, provider?.issuer ?? null);
  const ipAddress = ipAddressOf(ctx);
  const device = { address: ipAddress, userAgent, confirmedAt: confirmed ? null : 0, provider };
  const sessionToken = await createSession(tx, user.id, device, ctx.now(), ctx.settings.sessions);
  const { siteRole } = user;
  const actor = {
    kind: "user",
    userId: user.id,
    name: user.name,
    siteRole,
    via: "session",
    ipAddress,
  } as const;
  // Repeated sign-ins must not fill the audit log, which is never deleted.
  if (ctx.securityLog?.admits("user.signed-in", user.id) !== false) {
    await recordAudit(tx, { ...ctx, actor }, { action: "user.signed-in", subject: user, after: { method } });
  }
  return { userId: user.id, name: user.name, email: user.email, sessionToken };
}
