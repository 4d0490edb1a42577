import { and, eq, gt, inArray, isNull, or, type SQL } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { MINUTE_MS } from "#core/time.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { AccountLinkKind } from "#db/tables/accounts.ts";
import { type Ctx, type Mail, trySendMail } from "../../context.ts";

/** How long a link is valid. */
const LIFE_MS = 30 * MINUTE_MS;

interface Recipient {
  id: string;
  email: string;
}

/** Creates a one-time link to reset a user's password. Returns its id and its URL, which is not stored. */
export async function createResetLink(
  tx: Tx,
  ctx: Ctx,
  user: Recipient,
  createdBy: string | null,
): Promise<{ id: string; url: string }> {
  return createLink(tx, ctx, user, { kind: "password-reset", createdBy, newEmail: null });
}

/** Creates a one-time link that changes the user's email address. Returns its id and its URL, which is not stored. */
export async function createEmailLink(
  tx: Tx,
  ctx: Ctx,
  user: Recipient,
  newEmail: string,
): Promise<{ id: string; url: string }> {
  return createLink(tx, ctx, user, { kind: "email-change", createdBy: null, newEmail });
}

const PAGES: Record<AccountLinkKind, string> = {
  "password-reset": "/reset-password",
  "email-change": "/confirm-email",
};

async function createLink(
  tx: Tx,
  ctx: Ctx,
  user: Recipient,
  link: { kind: AccountLinkKind; createdBy: string | null; newEmail: string | null },
): Promise<{ id: string; url: string }> {
  const token = randomBase62(40);
  const id = newId("accountLink");
  const now = ctx.now();
  await tx.q.insert(tx.t.accountLinks).values({
    id,
    hash: hashToken(token),
    userId: user.id,
    email: user.email,
    ...link,
    createdAt: now,
    expiresAt: now + LIFE_MS,
  });
  return { id, url: `${ctx.settings.url}${PAGES[link.kind]}?token=${token}` };
}

/**
 * Mails a link and records that it was mailed. Returns false if there is no mail server or it did not accept the
 * mail.
 */
export async function mailAccountLink(ctx: Ctx, linkId: string, mail: Mail): Promise<boolean> {
  if (!(await trySendMail(ctx, mail))) return false;
  const { accountLinks } = ctx.db.read.t;
  await ctx.db.write(({ q }) =>
    q.update(accountLinks).set({ mailedAt: ctx.now() }).where(eq(accountLinks.id, linkId)),
  );
  return true;
}

/** The link and its user, if the link works: neither used nor expired, and its user and creator still may. */
export async function findAccountLink(scope: Scope, kind: AccountLinkKind, token: string, nowMs: number) {
  const { accountLinks, users } = scope.t;
  const [found] = await scope.q
    .select({ link: accountLinks, user: users })
    .from(accountLinks)
    .innerJoin(users, eq(users.id, accountLinks.userId))
    .where(
      and(
        eq(accountLinks.hash, hashToken(token)),
        eq(accountLinks.kind, kind),
        isNull(accountLinks.endedAt),
        gt(accountLinks.expiresAt, nowMs),
        isNull(users.disabledAt),
        eq(users.email, accountLinks.email),
        isStillAllowed(scope),
      ),
    );
  return found ?? null;
}

/** The link was not created by an administrator, or by one who still is. */
function isStillAllowed({ q, t: { accountLinks, users } }: Scope): SQL | undefined {
  const admins = q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.siteRole, "admin"), isNull(users.disabledAt)));
  return or(isNull(accountLinks.createdBy), inArray(accountLinks.createdBy, admins));
}

/** Ends all open links of one kind of a user. Returns their ids. */
export async function endAccountLinks(
  { q, t: { accountLinks } }: Tx,
  kind: AccountLinkKind,
  userId: string,
  nowMs: number,
): Promise<string[]> {
  const ended = await q
    .update(accountLinks)
    .set({ endedAt: nowMs })
    .where(and(eq(accountLinks.userId, userId), eq(accountLinks.kind, kind), isNull(accountLinks.endedAt)))
    .returning({ id: accountLinks.id });
  return ended.map(({ id }) => id);
}

/** Ends all open links of a user. */
export async function endAllLinks(
  { q, t: { accountLinks } }: Tx,
  userId: string,
  nowMs: number,
): Promise<void> {
  await q
    .update(accountLinks)
    .set({ endedAt: nowMs })
    .where(and(eq(accountLinks.userId, userId), isNull(accountLinks.endedAt)));
}
