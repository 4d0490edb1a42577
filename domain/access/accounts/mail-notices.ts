import { eq } from "drizzle-orm";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import type { SetMailNoticesInput } from "../../notifications/schema.ts";

/** Turns notification emails of the user on or off. */
export async function setMailNotices({ ctx, input }: Verb<SetMailNoticesInput>): Promise<undefined> {
  const { userId } = requireUser(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(({ q, t: { users } }) =>
    q.update(users).set({ mailNotices: input.mailNotices }).where(eq(users.id, userId)),
  );
}
