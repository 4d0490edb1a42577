import type { Ctx, Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { INVITATION_MS, newLink } from "./links.ts";
import type { InviteToSiteInput } from "./schemas.ts";
import { startAttempt, subjectsOf } from "./throttle.ts";
import { hasAccount } from "./users.ts";

/**
 * Mails a link to make an account, where the policy lets this address in. The answer is the same whether
 * the address has an account or not; the mail says which. Throws `forbidden` where the policy does not.
 */
export async function requestSignUp({ ctx, input: { email } }: Verb<InviteToSiteInput>): Promise<void> {
  if (!mayAskFor(ctx, email) || ctx.sendMail === null) {
    throw new DomainError(
      "forbidden",
      "Sign-up is not open for this address. Ask an administrator to invite you.",
    );
  }
  // Mails cost their receivers time: asking is slowed like signing in.
  const address = ctx.actor.kind === "system" ? null : ctx.actor.address;
  await startAttempt(ctx.db, subjectsOf(`sign-up ${email}`, address), ctx.now());
  if (await hasAccount(ctx, email)) {
    await ctx.sendMail({
      to: email,
      subject: "You have an account already",
      text: `Somebody, probably you, asked to sign up with this address. You have an account: sign in.\n${ctx.settings.url}/sign-in\n`,
    });
    return;
  }
  const { token, row } = newLink(ctx.now(), INVITATION_MS);
  await ctx.db.write((tx) => tx.q.insert(tx.t.invitations).values({ ...row, kind: "site", email }));
  await ctx.sendMail({
    to: email,
    subject: "Make your account",
    text: `Make your account within 7 days:\n${ctx.settings.url}/sign-up?token=${token}\n`,
  });
}

/** May anybody with this address sign up, once they have shown that it is theirs? */
export function mayAskFor({ settings }: Pick<Ctx, "settings">, email: string): boolean {
  const { signUp } = settings;
  switch (signUp.kind) {
    case "open":
      return true;
    case "invite":
      return false;
    case "domains":
      return signUp.domains.includes(email.slice(email.lastIndexOf("@") + 1));
  }
}
