import { and, eq, isNull } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireAdmin, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { hashPassword } from "./hash.ts";
import { consumeLink, findLink, invalidLink, newLink } from "./links.ts";
import type { CreateFirstAdminInput } from "./schema.ts";
import { type CreatedUser, hasAdmin, insertUser, lockAdmins, rejectTakenEmail } from "./users.ts";
import { requireStrongPassword } from "./weak-password.ts";

const LINK_MS = DAY_MS;

/**
 * Creates a one-time link, valid for 24 hours, that creates the first administrator; earlier links stop working.
 * Returns null once an administrator exists. Other accounts don't count: on an open portal, a stranger who signs up
 * first would otherwise lock the operator out. For the CLI.
 */
export async function createFirstAdminLink({ ctx }: { ctx: Ctx }): Promise<string | null> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
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
 * Creates the first administrator for the holder of the link. The link was printed, not mailed, so the email address
 * is not verified. Throws `not-found` for a link that no longer works.
 */
export async function createFirstAdmin({ ctx, input }: Verb<CreateFirstAdminInput>): Promise<CreatedUser> {
  const { token, password, ...user } = input;
  await requireStrongPassword(ctx, password, user);
  // Checked before the slow hash, so that guessing links can't be used to keep the CPU busy.
  if (!(await isFirstAdminLink({ ctx, input: { token } }))) throw invalidLink();
  const passwordHash = await hashPassword(password);
  return rejectTakenEmail(() =>
    ctx.db.write(async (tx) => {
      const now = ctx.now();
      await lockAdmins(tx);
      const link = await findLink(tx, token, now);
      if (link?.kind !== "first-admin") throw invalidLink();
      await consumeLink(tx, link.id, now);
      if (await hasAdmin(tx)) {
        throw new DomainError(
          "conflict",
          "There is already an administrator. Sign in, or ask them to invite you.",
        );
      }
      return insertUser(tx, ctx, { ...user, siteRole: "admin", passwordHash, verified: false });
    }),
  );
}

/** Whether nobody can administer the site until someone opens the link of `createFirstAdminLink`. */
export async function needsFirstAdmin({ ctx }: { ctx: Ctx }): Promise<boolean> {
  return !(await hasAdmin(ctx.db.read));
}

/** Whether the link can still create the first administrator. */
export async function isFirstAdminLink({ ctx, input }: Verb<{ token: string }>): Promise<boolean> {
  const link = await findLink(ctx.db.read, input.token, ctx.now());
  return link?.kind === "first-admin";
}
