import type { Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { INVITATION_MS, mailLink, newLink } from "./links.ts";
import { countVisitorMail } from "./mail-limits.ts";
import { requirePasswordAllowed } from "./required-provider.ts";
import type { InviteToSiteInput } from "./schema.ts";
import { canSignUp } from "./sign-up-policy.ts";
import { hasAccount } from "./users.ts";

/**
 * Mails a sign-up link if the policy allows the email address. The answer is the same whether or not the address has
 * an account; the mail says which. Throws `forbidden` if the policy excludes the address or it must use a provider, `too-many` above the limits
 * for mails to strangers, and `conflict` if the mail server did not accept the mail.
 */
export async function requestSignUp({ ctx, input: { email } }: Verb<InviteToSiteInput>): Promise<void> {
  requirePasswordAllowed(ctx, email);
  if (!canSignUp(ctx, email) || ctx.sendMail === null) {
    throw new DomainError(
      "forbidden",
      "Sign-up is not open for this email address. Ask an administrator to invite you.",
    );
  }
  const isKnown = await hasAccount(ctx, email);
  const { token, row } = newLink(ctx.now(), INVITATION_MS);
  await ctx.db.write(async (tx) => {
    await countVisitorMail(tx, ctx, email);
    if (!isKnown) await tx.q.insert(tx.t.invitations).values({ ...row, kind: "site", email });
  });
  const { url } = ctx.settings;
  const mail = isKnown
    ? {
        to: email,
        kind: "sign-up" as const,
        subject: "You already have an account",
        text: `Someone, probably you, asked to sign up with this email address. You already have an account. Sign in:\n${url}/sign-in\n`,
      }
    : {
        to: email,
        kind: "sign-up" as const,
        subject: "Create your account",
        text: `Someone, probably you, asked to sign up with this email address. Create your account within 7 days:\n${url}/sign-up?token=${token}\n`,
      };
  if (!(await mailLink(ctx, row.id, mail))) {
    throw new DomainError("conflict", "The mail could not be sent. Try again in a few minutes.");
  }
}
