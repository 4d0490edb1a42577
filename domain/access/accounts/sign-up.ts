import type { InvitationKind } from "#db/tables/projects.ts";
import { type Ctx, ipAddressOf, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { hashPassword } from "./hash.ts";
import { consumeLink, findLink, invalidLink, isInvitation } from "./links.ts";
import { requirePasswordAllowed } from "./required-provider.ts";
import type { SignUpInput } from "./schema.ts";
import { linkDenial } from "./sign-up-policy.ts";
import { startAttempt, subjectsOf } from "./throttle.ts";
import { type CreatedUser, insertUser, rejectTakenEmail } from "./users.ts";
import { requireStrongPassword } from "./weak-password.ts";

/**
 * Creates an account for a visitor: with an invitation link, or directly if sign-up is open and no mail server could
 * verify the email address. Only a mailed link verifies the address. Throws `forbidden` if the sign-up policy
 * excludes the address or requires an invitation, or if the address must use a provider.
 */
export async function signUp({ ctx, input }: Verb<SignUpInput>): Promise<CreatedUser> {
  const { token, password, ...user } = input;
  await requireStrongPassword(ctx, password, user);
  await requireWayIn(ctx, input);
  const passwordHash = await hashPassword(password);
  return rejectTakenEmail(() =>
    ctx.db.write(async (tx) => {
      let verified = false;
      if (token !== undefined) {
        const now = ctx.now();
        const link = await findLink(tx, token, now);
        if (link === null || link.email !== user.email) throw invalidLink();
        // A project's link is used up by joining the project, in the next step.
        if (link.kind === "site") await consumeLink(tx, link.id, now);
        verified = link.mailedAt !== null;
      }
      return insertUser(tx, ctx, { ...user, siteRole: "developer", passwordHash, verified });
    }),
  );
}

/** Checked before the slow hash, so that visitors can't use it to keep the CPU busy. */
async function requireWayIn(ctx: Ctx, { token, email }: SignUpInput): Promise<void> {
  if (token !== undefined) {
    const link = await findLink(ctx.db.read, token, ctx.now());
    if (!isInvitation(link)) throw invalidLink();
    if (link.email !== email) {
      throw new DomainError("invalid", "This link is for another email address.", {
        errors: [{ path: "email", message: "Use the email address that was invited." }],
      });
    }
    const denied = linkDenial(ctx, link);
    if (denied !== null) throw new DomainError("forbidden", denied);
    return;
  }
  requirePasswordAllowed(ctx, email);
  if (ctx.settings.signUp.kind !== "open" || ctx.sendMail !== null) {
    throw new DomainError(
      "forbidden",
      "You need an invitation to create an account. Ask an administrator for one.",
    );
  }
  // Each attempt computes a slow hash and may reveal that an email address is taken, so attempts are throttled like
  // sign-ins.
  const ipAddress = ipAddressOf(ctx);
  await startAttempt(ctx.db, subjectsOf(`sign-up ${email}`, ipAddress), ctx.now());
}

/** Whom a link can create an account for, and what it invites to. */
export interface SignUpLink {
  email: string;
  kind: InvitationKind;
  /** Why the sign-up policy denies the account anyway; null if it doesn't. */
  denial: string | null;
}

/** What a one-time link is for; null if it no longer works. Reading does not use it up. */
export async function readSignUpLink({ ctx, input }: Verb<{ token: string }>): Promise<SignUpLink | null> {
  const link = await findLink(ctx.db.read, input.token, ctx.now());
  if (!isInvitation(link)) return null;
  return { email: link.email, kind: link.kind, denial: linkDenial(ctx, link) };
}
