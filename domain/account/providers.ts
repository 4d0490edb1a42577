import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../audit/record.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { linkWorks } from "./links.ts";
import { endEverything } from "./mySessions.ts";
import { mayAskFor } from "./requestSignUp.ts";
import { recordSignIn, type SignedIn } from "./signedIn.ts";
import { insertUser } from "./users.ts";
import { withdrawAll } from "./withdrawInvitations.ts";

/** What a provider says of who just signed in there. */
export interface ProviderProfile {
  /** Its name in the settings: `oidc` or `github`. */
  provider: string;
  /** Who vouches; with `accountId` it names the identity. See `identities.issuer`. */
  issuer: string;
  accountId: string;
  name: string;
  /** Only an address that the provider itself has proved; else null. */
  verifiedEmail: string | null;
}

/**
 * Signs in whom a provider vouches for: a known identity, else the account with the proved address, else a
 * new one where policy or an invitation lets that address in. Throws `forbidden` otherwise.
 */
export async function signInWithProvider({
  ctx,
  input,
  userAgent,
}: {
  ctx: Ctx;
  input: ProviderProfile;
  userAgent: string | null;
}): Promise<SignedIn> {
  return ctx.db.write(async (tx) => {
    const user =
      (await byIdentity(tx, input)) ?? (await byEmail(tx, ctx, input)) ?? (await newcomer(tx, ctx, input));
    if ("disabledAt" in user && user.disabledAt !== null) throw notLetIn();
    return recordSignIn(tx, ctx, user, userAgent, input.provider);
  });
}

async function byIdentity({ q, t }: Tx, { issuer, accountId }: ProviderProfile) {
  const [row] = await q
    .select({ user: t.users })
    .from(t.identities)
    .innerJoin(t.users, eq(t.users.id, t.identities.userId))
    .where(and(eq(t.identities.issuer, issuer), eq(t.identities.accountId, accountId)));
  return row?.user ?? null;
}

async function byEmail(tx: Tx, ctx: Ctx, profile: ProviderProfile) {
  if (profile.verifiedEmail === null) return null;
  const { users } = tx.t;
  const [user] = await tx.q.select().from(users).where(eq(users.email, profile.verifiedEmail));
  if (!user) return null;
  if (user.disabledAt !== null) throw notLetIn();
  if (user.emailVerifiedAt === null) {
    // Whoever made this account only typed the address; now its owner has come. Nothing of theirs may stay.
    await tx.q
      .update(users)
      .set({ passwordHash: null, emailVerifiedAt: ctx.now() })
      .where(eq(users.id, user.id));
    await endEverything(tx, user.id, ctx.now());
    await withdrawAll(tx, ctx, user.id);
  }
  await link(tx, ctx, user, profile);
  return user;
}

async function newcomer(tx: Tx, ctx: Ctx, profile: ProviderProfile) {
  const email = profile.verifiedEmail;
  if (email === null || !(mayAskFor(ctx, email) || (await isInvited(tx, email, ctx.now())))) throw notLetIn();
  const user = await insertUser(tx, ctx, {
    email,
    name: profile.name.trim().slice(0, 100) || email,
    siteRole: "developer",
    passwordHash: null,
    verified: true,
  });
  await link(tx, ctx, user, profile);
  return user;
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

async function isInvited(tx: Tx, email: string, nowMs: number): Promise<boolean> {
  const { invitations } = tx.t;
  const open = and(eq(invitations.email, email), ne(invitations.kind, "first-admin"), linkWorks(tx, nowMs));
  return (await tx.q.$count(invitations, open)) > 0;
}

/** One answer for everybody who isn't let in, so that it tells nothing about accounts. */
function notLetIn(): DomainError {
  return new DomainError("forbidden", "This account can't sign in here. Ask an administrator to invite you.");
}
