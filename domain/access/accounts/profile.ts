import { eq } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, refuseTokens, requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { UpdateProfileInput } from "./schema.ts";

export interface Profile {
  id: string;
  name: string;
  email: string;
  siteRole: "admin" | "developer";
  /** False for who only signs in through a provider. */
  hasPassword: boolean;
  /** A mailed link or a provider has shown that the address is the user's. */
  emailVerified: boolean;
  /** Signing in through a provider ended all earlier credentials, and the user has not confirmed the message. */
  credentialsEndedAt: string | null;
  /** Providers that are linked. */
  providers: string[];
  /** Whether notices also come by mail. */
  mailNotices: boolean;
}

/** The asker's own account. */
export async function getProfile({ ctx }: { ctx: Ctx }): Promise<Profile> {
  const { userId } = requireUser(ctx);
  const { q, t } = ctx.db.read;
  const [user] = await q.select().from(t.users).where(eq(t.users.id, userId));
  if (!user) throw notFound("account");
  const linked = await q
    .select({ provider: t.identities.provider })
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
    providers: linked.map(({ provider }) => provider),
    mailNotices: user.mailNotices,
  };
}

/** Changes what others call the asker. */
export async function updateProfile({ ctx, input }: Verb<UpdateProfileInput>): Promise<void> {
  const user = requireUser(ctx);
  refuseTokens(ctx);
  if (user.name === input.name) return;
  await ctx.db.write(async (tx) => {
    await tx.q.update(tx.t.users).set({ name: input.name }).where(eq(tx.t.users.id, user.userId));
    await recordAudit(tx, ctx, {
      action: "user.renamed",
      subject: { id: user.userId, name: input.name },
      before: { name: user.name },
      after: { name: input.name },
    });
  });
}

/** The user has read that their earlier credentials ended: the message goes. */
export async function confirmCredentialsEnded({ ctx }: { ctx: Ctx }): Promise<void> {
  const { userId } = requireUser(ctx);
  await ctx.db.write(({ q, t: { users } }) =>
    q.update(users).set({ credentialsEndedAt: null }).where(eq(users.id, userId)),
  );
}
