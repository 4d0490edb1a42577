import { and, asc, eq, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { recordAudit, recordAudits } from "../../audit/record.ts";
import {
  DELETED_NAME,
  emailsOf,
  hasUnsealedRows,
  RENEWED,
  type Redaction,
  redactAudit,
} from "../../audit/redact.ts";
import { sealAudit } from "../../audit/seal.ts";
import {
  type Ctx,
  denyManagementTokens,
  inBackground,
  requireUser,
  trySendMail,
  type Verb,
} from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { nameOrder } from "../../name-order.ts";
import { lockProjectRow } from "../project-access.ts";
import { removeSecondFactors } from "./factors/second-factor.ts";
import { endAllCredentials } from "./my-sessions.ts";
import type { DeleteAccountInput } from "./schema.ts";
import { hasOtherAdmin } from "./site-role.ts";
import { lockActiveUser, requireRecentConfirmation } from "./step-up.ts";
import { lockAdmins } from "./users.ts";
import { withdrawAllInvitations } from "./withdraw-invitations.ts";

/** What keeps an account from being deleted. */
export interface DeletionBlockers {
  /** Projects without another owner, by name. */
  projects: { id: string; name: string }[];
  onlyAdmin: boolean;
}

/** What keeps the user's own account from being deleted. */
export async function getDeletionBlockers({ ctx }: { ctx: Ctx }): Promise<DeletionBlockers> {
  return blockersOf(ctx.db.read, requireUser(ctx).userId);
}

/**
 * Deletes the user's own account: sessions, tokens, factors and linked providers end at once, and names and email
 * addresses are removed from what remains, which keeps the id. Keys and projects stay. `email` is the account's own
 * address, typed as confirmation. Requires a recent confirmation of identity. Throws `conflict` for the only
 * administrator and for the only owner of a project.
 */
export async function deleteAccount({ ctx, input }: Verb<DeleteAccountInput>): Promise<void> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  requireRecentConfirmation(ctx);
  const { userId } = user;
  await removeAccount(ctx, userId, async (tx, { email }) => {
    await lockActiveUser(tx, user);
    if (email !== input.email) throw invalid("email", "This is not the email address of your account.");
  });
}

/** How often deletion waits until the account's last audit rows are sealed. */
const ATTEMPTS = 5;

/**
 * Deletes an account whose deletion `check` allows, which runs in the transaction with the projects and the
 * administrators locked. Throws `not-found` for a deleted account.
 */
export async function removeAccount(
  ctx: Ctx,
  userId: string,
  check: (tx: Tx, user: { email: string }) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    // Only sealed audit rows can be redacted.
    await sealAudit(ctx.db);
    const email = await ctx.db.write((tx) => removeInTransaction(tx, ctx, userId, check));
    if (email !== null) return mailDeleted(ctx, email);
    if (attempt === ATTEMPTS) {
      throw new DomainError("conflict", "The account is in use at this moment. Try again.");
    }
  }
}

/** The address of the deleted account; null if nothing was done because rows of the audit log are not sealed yet. */
async function removeInTransaction(
  tx: Tx,
  ctx: Ctx,
  userId: string,
  check: (tx: Tx, user: { email: string }) => Promise<void>,
): Promise<string | null> {
  const { users } = tx.t;
  // Also where the user is no owner: ownership could be transferred to them at the same time.
  for (const projectId of await projectsOf(tx, userId)) await lockProjectRow(tx, projectId);
  await lockAdmins(tx);
  const [user] = await tx.q
    .update(users)
    .set({ id: userId })
    .where(and(eq(users.id, userId), isNull(users.deletedAt)))
    .returning();
  if (!user) throw notFound("user");
  await check(tx, user);
  requireNone(await blockersOf(tx, userId));
  const redaction = await redactionOf(tx, user);
  if (await hasUnsealedRows(tx, redaction)) return null;
  const now = ctx.now();
  const anonymous = { id: userId, name: DELETED_NAME };
  const isSelf = ctx.actor.kind === "user" && ctx.actor.userId === userId;
  const as: Ctx =
    isSelf && ctx.actor.kind === "user" ? { ...ctx, actor: { ...ctx.actor, name: DELETED_NAME } } : ctx;
  await withdrawAllInvitations(tx, as, userId);
  await leaveProjects(tx, as, anonymous);
  await endAllCredentials(tx, userId, now);
  await deletePersonalRows(tx, redaction);
  await tx.q
    .update(users)
    .set({
      name: DELETED_NAME,
      email: `${userId.toLowerCase()}@deleted.invalid`,
      emailVerifiedAt: null,
      passwordHash: null,
      siteRole: "developer",
      mailNotifications: false,
      disabledAt: user.disabledAt ?? now,
      deletedAt: now,
    })
    .where(eq(users.id, userId));
  const { proof, renewed } = await redactAudit(tx, redaction);
  await recordAudits(
    tx,
    as,
    [...renewed].map(([id, redacted]) => ({
      action: RENEWED,
      subject: { id, name: "Deletion of an account" },
      after: { redacted },
    })),
  );
  await recordAudit(tx, as, {
    id: redaction.auditId,
    action: "user.deleted",
    subject: anonymous,
    after: { redacted: proof },
  });
  return user.email;
}

function requireNone({ projects, onlyAdmin }: DeletionBlockers): void {
  if (onlyAdmin) {
    throw new DomainError(
      "conflict",
      "There must be an administrator. Make another user an administrator first.",
    );
  }
  const [first] = projects;
  if (!first) return;
  const rest = projects.length > 1 ? ` and ${projects.length - 1} more` : "";
  throw new DomainError(
    "conflict",
    `The project ${first.name}${rest} would have no owner. Make another member an owner, or delete the project first.`,
  );
}

async function projectsOf({ q, t }: Scope, userId: string, role?: ProjectRole): Promise<string[]> {
  const { memberships, projects } = t;
  const hasRole = role && eq(memberships.role, role);
  const rows = await q
    .select({ id: projects.id })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.userId, userId), hasRole, isNull(projects.deletedAt)))
    // In one fixed order, so that two deletions can't deadlock.
    .orderBy(asc(projects.id));
  return rows.map(({ id }) => id);
}

async function blockersOf(scope: Scope, userId: string): Promise<DeletionBlockers> {
  const { memberships, projects, users } = scope.t;
  const owned = await projectsOf(scope, userId, "owner");
  const others = await scope.q
    .select({ projectId: memberships.projectId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        inArray(memberships.projectId, owned),
        eq(memberships.role, "owner"),
        ne(memberships.userId, userId),
        isNull(users.disabledAt),
      ),
    );
  const shared = new Set(others.map(({ projectId }) => projectId));
  const alone = owned.filter((id) => !shared.has(id));
  const rows = await scope.q
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(inArray(projects.id, alone))
    .orderBy(asc(nameOrder(projects.name)), asc(projects.id));
  return { projects: rows, onlyAdmin: await isOnlyAdmin(scope, userId) };
}

async function isOnlyAdmin(scope: Scope, userId: string): Promise<boolean> {
  const { users } = scope.t;
  const isAdmin = and(eq(users.id, userId), eq(users.siteRole, "admin"), isNull(users.disabledAt));
  if ((await scope.q.$count(users, isAdmin)) === 0) return false;
  return !(await hasOtherAdmin(scope, userId));
}

async function redactionOf(tx: Tx, user: { id: string; email: string }): Promise<Redaction> {
  const { invitations } = tx.t;
  const emails = new Set([user.email, ...(await emailsOf(tx, user.id))]);
  const invited = await tx.q
    .select({ id: invitations.id })
    .from(invitations)
    .where(inArray(invitations.email, [...emails]));
  return { userId: user.id, subjectIds: invited.map(({ id }) => id), emails, auditId: newId("audit") };
}

async function leaveProjects(tx: Tx, ctx: Ctx, subject: { id: string; name: string }): Promise<void> {
  const { memberships } = tx.t;
  const left = await tx.q
    .delete(memberships)
    .where(eq(memberships.userId, subject.id))
    .returning({ projectId: memberships.projectId, role: memberships.role });
  await recordAudits(
    tx,
    ctx,
    left.map(({ projectId, role }) => ({ action: "member.left", projectId, subject, before: { role } })),
  );
}

/** Deletes what is only about the account, and its name in what others need. */
async function deletePersonalRows(tx: Tx, { userId, subjectIds }: Redaction): Promise<void> {
  const { q, t } = tx;
  await removeSecondFactors(tx, userId);
  await q.delete(t.accountLinks).where(eq(t.accountLinks.userId, userId));
  await q.delete(t.identities).where(eq(t.identities.userId, userId));
  await q.delete(t.scimUsers).where(eq(t.scimUsers.userId, userId));
  await q.delete(t.scimGroupMembers).where(eq(t.scimGroupMembers.userId, userId));
  await q.delete(t.sessions).where(eq(t.sessions.userId, userId));
  await q.delete(t.managementTokens).where(eq(t.managementTokens.userId, userId));
  await q.delete(t.notifications).where(eq(t.notifications.userId, userId));
  await q.delete(t.idempotency).where(eq(t.idempotency.owner, userId));
  await q
    .update(t.invitations)
    .set({ email: `${userId.toLowerCase()}@deleted.invalid` })
    .where(
      and(
        inArray(t.invitations.id, subjectIds),
        or(isNotNull(t.invitations.acceptedAt), isNotNull(t.invitations.withdrawnAt)),
      ),
    );
  await q.update(t.events).set({ actorName: DELETED_NAME }).where(eq(t.events.actorId, userId));
  await q
    .update(t.events)
    .set({ subjectName: DELETED_NAME })
    .where(inArray(t.events.subjectId, [userId, ...subjectIds]));
  const { exemptions, ruleExemptions, sweeps } = t;
  await q
    .update(ruleExemptions)
    .set({ createdByName: DELETED_NAME })
    .where(eq(ruleExemptions.createdBy, userId));
  await q.update(exemptions).set({ createdByName: DELETED_NAME }).where(eq(exemptions.createdBy, userId));
  await q.update(sweeps).set({ createdByName: DELETED_NAME }).where(eq(sweeps.createdBy, userId));
  await q.update(sweeps).set({ startedByName: DELETED_NAME }).where(eq(sweeps.startedBy, userId));
  await q.update(sweeps).set({ undoneByName: DELETED_NAME }).where(eq(sweeps.undoneBy, userId));
}

/** The account is deleted whether or not the mail can be sent. */
async function mailDeleted(ctx: Ctx, to: string): Promise<void> {
  const text =
    "Your account was deleted. You are signed out everywhere, and your management tokens no longer work. Keys that you created still work, because they belong to their projects.\n\nIf this was not you, ask an administrator for help.\n";
  await inBackground(ctx, "mail about a deleted account", async () => {
    await trySendMail(ctx, { to, kind: "account-deleted", subject: "Your account was deleted", text });
  });
}
