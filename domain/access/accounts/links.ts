import { and, eq, exists, gt, isNotNull, isNull, or, type SQL } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { DAY_MS } from "#core/time.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { type Ctx, type Mail, trySendMail } from "../../context.ts";
import { DomainError } from "../../errors.ts";

/** How long an invitation to the site or to a project is valid. */
export const INVITATION_MS = 7 * DAY_MS;

/** A one-time link's token and its row. Only the hash is stored. */
export function newLink(nowMs: number, lifeMs: number) {
  const token = randomBase62(40);
  return {
    token,
    row: { id: newId("invitation"), hash: hashToken(token), createdAt: nowMs, expiresAt: nowMs + lifeMs },
  };
}

/**
 * Mails a one-time link and records that it was mailed. Returns false if no mail server is configured or it did not
 * accept the mail. The link is then shown to the inviter instead, who could use it for someone else's email address,
 * so it does not verify the address.
 */
export async function mailLink(ctx: Ctx, linkId: string, mail: Mail): Promise<boolean> {
  if (!(await trySendMail(ctx, mail))) return false;
  const { invitations } = ctx.db.read.t;
  await ctx.db.write(({ q }) =>
    q.update(invitations).set({ mailedAt: ctx.now() }).where(eq(invitations.id, linkId)),
  );
  return true;
}

/** The row of a link that still works, or null. */
export async function findLink(scope: Scope, token: string, nowMs: number) {
  const { invitations } = scope.t;
  const [row] = await scope.q
    .select()
    .from(invitations)
    .where(and(eq(invitations.hash, hashToken(token)), linkWorks(scope, nowMs)));
  return row ?? null;
}

type LinkRow = Tables["invitations"]["$inferSelect"];

/** Whether the link can create an account: an invitation to the site or to a project. */
export function isInvitation(link: LinkRow | null): link is LinkRow & { email: string } {
  return link !== null && link.email !== null && (link.kind === "site" || link.kind === "project");
}

/** Matches links that work: open, and created by someone who could still create them now. */
export function linkWorks(scope: Scope, nowMs: number): SQL | undefined {
  return and(isOpen(scope, nowMs), or(isNull(scope.t.invitations.createdBy), exists(inviter(scope))));
}

/** Matches links that are neither used, withdrawn nor expired. */
export function isOpen({ t: { invitations } }: Scope, nowMs: number): SQL | undefined {
  return and(
    isNull(invitations.acceptedAt),
    isNull(invitations.withdrawnAt),
    gt(invitations.expiresAt, nowMs),
  );
}

/** Matches invitations whose inviter may still invite: an administrator, or an owner of the project. */
export function inviter({ q, t }: Scope) {
  const { invitations, memberships, users } = t;
  const owns = and(
    eq(memberships.userId, users.id),
    eq(memberships.projectId, invitations.projectId),
    eq(memberships.role, "owner"),
  );
  return q
    .select({ id: users.id })
    .from(users)
    .leftJoin(memberships, owns)
    .where(
      and(
        eq(users.id, invitations.createdBy),
        isNull(users.disabledAt),
        or(eq(users.siteRole, "admin"), isNotNull(memberships.userId)),
      ),
    );
}

/** Marks the link as used. Throws `not-found` if it was used or withdrawn at the same time. */
export async function consumeLink(tx: Tx, id: string, nowMs: number): Promise<void> {
  const { invitations } = tx.t;
  const used = await tx.q
    .update(invitations)
    .set({ acceptedAt: nowMs })
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.withdrawnAt)))
    .returning({ id: invitations.id });
  if (used.length === 0) throw invalidLink();
}

/** The error for a link that does not work. It is the same for every reason, so that a guess reveals nothing. */
export function invalidLink(): DomainError {
  return new DomainError("not-found", "This link was used, was withdrawn or has expired. Ask for a new one.");
}
