import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, SYSTEM } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { endPreparedAccess } from "./end-prepared-access.ts";
import { linkWorks } from "./links.ts";
import { lockUserRow } from "./lock-user.ts";
import { type EmailClaim, PROVIDER_DENIALS, type ProviderDenial } from "./provider-claims.ts";
import { isLoggedOutSince } from "./provider-logout.ts";
import type { SignedIn } from "./record-session.ts";
import { recordSignIn } from "./record-sign-in.ts";
import { requiredProvider } from "./required-provider.ts";
import { canSignUp, policyDenial } from "./sign-up-policy.ts";
import { changeSiteRole } from "./site-role.ts";
import { insertUser, lockAdmins } from "./users.ts";

/** What a provider says about the user who just signed in there. */
export interface ProviderProfile {
  /** The provider's id in the settings: `oidc`, `github` or a name of `LATCHKEY_OIDC_PROVIDERS`. */
  provider: string;
  /** Identifies the user together with `accountId`. See `identities.issuer`. */
  issuer: string;
  accountId: string;
  /** Null if the provider sent no name that can be displayed. */
  name: string | null;
  email: EmailClaim;
  /** Whether the provider may open an existing account with this address (`linksByEmail` of the settings). */
  linksByEmail: boolean;
  /**
   * Whether its word verifies the address: not if only other providers may open accounts with it (`verifiesEmail` of the
   * settings). Default: true.
   */
  verifiesEmail?: boolean;
  /** The user whose session, recently confirmed, asked for the sign-in: connects the provider to their account. */
  connectTo?: string | null;
  /** The role that the user's groups give, which replaces the stored one; null if the provider does not decide roles. */
  siteRole: SiteRole | null;
  /** The provider's id for the session (`sid`), for back-channel logout; null if it sent none. */
  sid?: string | null;
  /** When the browser was sent to the provider, epoch ms. Default: unknown, so before every logout that is remembered. */
  startedAt?: number;
}

/** A sign-in through a provider is denied. `reason` goes to the log and selects the text on the sign-in page. */
export class ProviderSignInDenied extends DomainError {
  readonly reason: ProviderDenial;

  constructor(reason: ProviderDenial) {
    super("forbidden", PROVIDER_DENIALS[reason]);
    this.reason = reason;
  }
}

/**
 * Signs in a provider's user: a known identity, else the account with the verified email address, if the provider may
 * open it or the user is signed in to it, else a new account if the policy or an invitation allows it. If the account's address was not verified before, the provider's user
 * becomes its owner, and all earlier credentials end. A provider that decides roles sets the user's role. Throws `ProviderSignInDenied` otherwise.
 */
export async function signInWithProvider({
  ctx,
  input,
  userAgent,
}: {
  ctx: Ctx;
  input: ProviderProfile;
  userAgent: string | null;
}): Promise<SignedIn & { credentialsEnded: boolean }> {
  return ctx.db.write(async (tx) => {
    const { issuer, accountId: sub, sid = null, startedAt = 0 } = input;
    if (await isLoggedOutSince(tx, { issuer, sub, sid }, startedAt)) {
      throw new ProviderSignInDenied("signed-out-by-provider");
    }
    // Before the user's row, in the order of administrators' changes, so that they can't deadlock.
    if (input.siteRole !== null) await lockAdmins(tx);
    const known = await byIdentity(tx, input);
    const user = known ?? (await byEmail(tx, ctx, input));
    if (user === null) {
      const user = await signUpUser(tx, ctx, input);
      const details = { method: input.provider, provider: sessionAt(input), userAgent };
      return { ...(await recordSignIn(tx, ctx, user, details)), credentialsEnded: false };
    }
    requireProvider(ctx, user.email, input);
    const isOwner = "address" in input.email && input.email.address === user.email;
    const isTaken = known === null || verifies(input);
    const credentialsEnded = isOwner && user.emailVerifiedAt === null && isTaken;
    if (credentialsEnded) await endCredentials(tx, ctx, user, input);
    const siteRole = await applyRole(tx, ctx, user, input);
    const hasPassword =
      user.passwordHash !== null && !credentialsEnded && requiredProvider(ctx, user.email) === null;
    const details = {
      method: input.provider,
      confirmed: !hasPassword,
      provider: sessionAt(input),
      userAgent,
    };
    return { ...(await recordSignIn(tx, ctx, { ...user, siteRole }, details)), credentialsEnded };
  });
}

const verifies = ({ verifiesEmail = true }: ProviderProfile) => verifiesEmail;

const sessionAt = ({ issuer, sid = null }: ProviderProfile) => ({ issuer, sid });

function requireProvider(ctx: Ctx, email: string, { provider }: ProviderProfile): void {
  const required = requiredProvider(ctx, email);
  if (required !== null && required.id !== provider) throw new ProviderSignInDenied("provider-required");
}

/** Gives the user the role of their groups. The last administrator stays one. */
async function applyRole(
  tx: Tx,
  ctx: Ctx,
  user: { id: string; name: string; siteRole: SiteRole },
  { siteRole, provider }: ProviderProfile,
): Promise<SiteRole> {
  if (siteRole === null) return user.siteRole;
  const changed = await changeSiteRole(tx, { ...ctx, actor: SYSTEM }, user, {
    siteRole,
    reason: { provider },
  });
  return changed ? siteRole : user.siteRole;
}

/** The user of a known identity, locked. */
async function byIdentity(tx: Tx, profile: ProviderProfile) {
  const userId = await userIdOf(tx, profile);
  if (userId === null) return null;
  const user = await lockUser(tx, userId);
  // A password reset may have ended the identity while this waited for the lock.
  return (await userIdOf(tx, profile)) === userId ? user : null;
}

async function userIdOf({ q, t: { identities } }: Tx, { issuer, accountId }: ProviderProfile) {
  const [row] = await q
    .select({ userId: identities.userId })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.accountId, accountId)));
  return row?.userId ?? null;
}

async function lockUser(tx: Tx, userId: string) {
  const user = await lockUserRow(tx, userId);
  if (user === null) throw new ProviderSignInDenied("not-invited");
  return user;
}

async function byEmail(tx: Tx, ctx: Ctx, profile: ProviderProfile) {
  if ("denied" in profile.email) return null;
  const { users } = tx.t;
  const [found] = await tx.q
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, profile.email.address));
  if (!found) return null;
  const user = await lockUser(tx, found.id);
  requireProvider(ctx, user.email, profile);
  if (!(await mayOpen(tx, user.id, profile))) throw new ProviderSignInDenied("account-exists");
  await link(tx, ctx, user, profile);
  return user;
}

/** Whether the provider may be linked to the account: what a provider says about an address is no proof for others. */
async function mayOpen(
  { q, t: { scimUsers } }: Tx,
  userId: string,
  { provider, issuer, linksByEmail, connectTo = null }: ProviderProfile,
): Promise<boolean> {
  const [managed] = await q
    .select({ provider: scimUsers.provider, issuer: scimUsers.issuer })
    .from(scimUsers)
    .where(eq(scimUsers.userId, userId));
  // The account was created or claimed by an identity provider, which is the one to sign in with. The name in the settings
  // may mean another one by now.
  if (managed && managed.provider !== "")
    return managed.issuer === null ? managed.provider === provider : managed.issuer === issuer;
  return linksByEmail || connectTo === userId;
}

async function signUpUser(tx: Tx, ctx: Ctx, profile: ProviderProfile) {
  if ("denied" in profile.email) throw new ProviderSignInDenied(profile.email.denied);
  const email = profile.email.address;
  requireProvider(ctx, email, profile);
  const isAllowed = canSignUp(ctx, email) || (await isInvited(tx, ctx, email));
  if (!isAllowed) throw new ProviderSignInDenied("not-invited");
  const user = await insertUser(tx, ctx, {
    email,
    name: profile.name ?? email,
    siteRole: profile.siteRole ?? "developer",
    passwordHash: null,
    // Otherwise the provider that controls the domain would later share the account with this one.
    verified: verifies(profile),
  });
  await link(tx, ctx, user, profile);
  return user;
}

/**
 * The account was created without verifying its email address, and now the owner of the address signs in: password,
 * sessions, management tokens, the second factor, other identities and open invitations end. The user is notified (`credentialsEndedAt`).
 */
async function endCredentials(
  tx: Tx,
  ctx: Ctx,
  user: { id: string; name: string },
  profile: ProviderProfile,
): Promise<void> {
  const { users } = tx.t;
  const { provider, issuer, accountId } = profile;
  const now = ctx.now();
  await endPreparedAccess(tx, ctx, user.id, { identity: { issuer, accountId } });
  await tx.q
    .update(users)
    .set({ emailVerifiedAt: verifies(profile) ? now : null, credentialsEndedAt: now })
    .where(eq(users.id, user.id));
  await recordAudit(tx, ctx, { action: "user.credentials-ended", subject: user, after: { provider } });
}

async function link(
  tx: Tx,
  ctx: Ctx,
  user: { id: string; name: string },
  profile: ProviderProfile,
): Promise<void> {
  const { provider, issuer, accountId } = profile;
  await tx.q
    .insert(tx.t.identities)
    .values({ provider, issuer, accountId, userId: user.id, createdAt: ctx.now() });
  await recordAudit(tx, ctx, { action: "user.identity-linked", subject: user, after: { provider } });
}

async function isInvited(tx: Tx, ctx: Ctx, email: string): Promise<boolean> {
  if (policyDenial(ctx, email) !== null) return false;
  const { invitations } = tx.t;
  const open = and(
    eq(invitations.email, email),
    inArray(invitations.kind, ["site", "project"]),
    linkWorks(tx, ctx.now()),
  );
  return (await tx.q.$count(invitations, open)) > 0;
}
