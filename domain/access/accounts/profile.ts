import { eq } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { SetMailNotificationsInput } from "../../notifications/schema.ts";
import type { UpdateProfileInput } from "./schema.ts";
import { lockActiveUser } from "./step-up.ts";

export interface Profile {
  id: string;
  name: string;
  email: string;
  siteRole: "admin" | "developer";
  /** False for users who only sign in through a provider. */
  hasPassword: boolean;
  /** Whether a mailed link or a provider has shown that the email address belongs to the user. */
  emailVerified: boolean;
  /**
   * Whether a sign-in through a provider ended all earlier credentials and the user has not dismissed the message
   * yet.
   */
  credentialsEndedAt: string | null;
  /** Issuers of the linked providers. */
  issuers: string[];
  /** Whether notifications are also mailed. */
  mailNotifications: boolean;
}

/** The user's own account. */
export async function getProfile({ ctx }: { ctx: Ctx }): Promise<Profile> {
  const { userId } = requireUser(ctx);
  const { q, t } = ctx.db.read;
  const [user] = await q.select().from(t.users).where(eq(t.users.id, userId));
  if (!user) throw notFound("account");
  const linked = await q
    .select({ issuer: t.identities.issuer })
    .from(t.identities)
    .where(eq(t.identities.userId, userId));
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    siteRole: user.siteRole,
    hasPassword: user.passwordHash !== null,
    emailVerified: user.emailVerifiedAt !== null,
    credentialsEndedAt: isoOrNull(user.credentialsEndedAt),
    issuers: linked.map(({ issuer }) => issuer),
    mailNotifications: user.mailNotifications,
  };
}

/** Changes the user's name. */
export async function updateProfile({ ctx, input }: Verb<UpdateProfileInput>): Promise<void> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  if (user.name === input.name) return;
  await ctx.db.write(async (tx) => {
    // An account that was just deleted must not get a name again.
    await lockActiveUser(tx, user);
    await tx.q.update(tx.t.users).set({ name: input.name }).where(eq(tx.t.users.id, user.userId));
    await recordAudit(tx, ctx, {
      action: "user.renamed",
      subject: { id: user.userId, name: input.name },
      before: { name: user.name },
      after: { name: input.name },
    });
  });
}

/** Dismisses the message that earlier credentials were ended. */
export async function dismissCredentialsEnded({ ctx }: { ctx: Ctx }): Promise<void> {
  const { userId } = requireUser(ctx);
  await ctx.db.write(({ q, t: { users } }) =>
    q.update(users).set({ credentialsEndedAt: null }).where(eq(users.id, userId)),
  );
}

/** Turns notification emails of the user on or off. */
export async function setMailNotifications({
  ctx,
  input,
}: Verb<SetMailNotificationsInput>): Promise<undefined> {
  const { userId } = requireUser(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(({ q, t: { users } }) =>
    q.update(users).set({ mailNotifications: input.mailNotifications }).where(eq(users.id, userId)),
  );
}
