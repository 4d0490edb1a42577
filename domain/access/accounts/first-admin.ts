import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, refuseTokens, requireAdmin, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { hasAdmin, lockAdmins } from "./admins.ts";
import { hashPassword } from "./hash.ts";
import { consumeLink, deadLink, findLink, newLink } from "./links.ts";
import type { CreateFirstAdminInput } from "./schema.ts";
import { type CreatedUser, insertUser, orTaken } from "./users.ts";
import { refuseWeakPassword } from "./weak-password.ts";

const LINK_MS = 24 * 3_600_000;

/**
 * A new one-time link to make the first administrator, good for 24 hours; earlier ones end. Null once there is
 * one: other accounts don't count, or on an open portal a stranger who is faster would shut the operator out. For
 * the operator at the terminal.
 */
export async function createFirstAdminLink({ ctx }: { ctx: Ctx }): Promise<string | null> {
  requireAdmin(ctx);
  refuseTokens(ctx);
  const now = ctx.now();
  const { token, row } = newLink(now, LINK_MS);
  return ctx.db.write(async (tx) => {
    await lockAdmins(tx);
    if (await hasAdmin(tx)) return null;
    const { invitations } = tx.t;
    await tx.q
      .update(invitations)
      .set({ withdrawnAt: now })
      .where(and(eq(invitations.kind, "first-admin"), isNull(invitations.acceptedAt)));
    await tx.q.insert(invitations).values({ ...row, kind: "first-admin" });
    await recordAudit(tx, ctx, {
      action: "first-admin.link-made",
      subject: { id: row.id, name: "First administrator" },
    });
    return `${ctx.settings.url}/setup?token=${token}`;
  });
}

/**
 * Makes the first administrator, for who holds the link, which was printed: the address is not verified. Throws
 * `not-found` for a link that is used up.
 */
export async function createFirstAdmin({ ctx, input }: Verb<CreateFirstAdminInput>): Promise<CreatedUser> {
  const { token, password, ...user } = input;
  await refuseWeakPassword(ctx, password, user);
  // Looked at before the slow hash, so that guessing at links costs the guesser a look-up and us no more.
  if (!(await isFirstAdminLink({ ctx, input: { token } }))) throw deadLink();
  const passwordHash = await hashPassword(password);
  return orTaken(() =>
    ctx.db.write(async (tx) => {
      const now = ctx.now();
      await lockAdmins(tx);
      const link = await findLink(tx, token, now);
      if (link?.kind !== "first-admin") throw deadLink();
      await consumeLink(tx, link.id, now);
      if (await hasAdmin(tx)) {
        throw new DomainError(
          "conflict",
          "There is an administrator already. Sign in, or ask them to invite you.",
        );
      }
      return insertUser(tx, ctx, { ...user, siteRole: "admin", passwordHash, verified: false });
    }),
  );
}

/** Does this link still make the first administrator? */
export async function isFirstAdminLink({ ctx, input }: Verb<{ token: string }>): Promise<boolean> {
  const link = await findLink(ctx.db.read, input.token, ctx.now());
  return link?.kind === "first-admin";
}
