import { eq } from "drizzle-orm";
import { type Ctx, inBackground, trySendMail } from "../../../context.ts";

/** Mails the use or a change of the second factor to the user, who may not have done it. */
export async function notifyUser(
  ctx: Ctx,
  userId: string,
  what: string,
  subject = "Your second factor changed",
): Promise<void> {
  await inBackground(ctx, "mail about a second factor", async () => {
    const { users } = ctx.db.read.t;
    const [user] = await ctx.db.read.q.select({ email: users.email }).from(users).where(eq(users.id, userId));
    if (!user) return;
    const text = `${what}\n\nIf this was not you, ask an administrator for help, and reset your password:\n${ctx.settings.url}/forgot-password\n`;
    await trySendMail(ctx, { to: user.email, kind: "second-factor", subject, text });
  });
}

/** Mails the user that one of their recovery codes was used. */
export async function notifyRecoveryCodeUsed(ctx: Ctx, userId: string, purpose: string): Promise<void> {
  const what = `A recovery code of your account was used ${purpose}. It no longer works.`;
  await notifyUser(ctx, userId, what, "A recovery code was used");
}
