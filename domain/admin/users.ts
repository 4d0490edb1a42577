import { and, asc, count, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { lacksSecondFactor } from "../access/accounts/factors/second-factor.ts";
import { endAllCredentials } from "../access/accounts/my-sessions.ts";
import { changeSiteRole, hasOtherAdmin } from "../access/accounts/site-role.ts";
import { lockAdmins } from "../access/accounts/users.ts";
import { withdrawInvitationsWithoutRight } from "../access/accounts/withdraw-invitations.ts";
import { recordAudit } from "../audit/record.ts";
import { adminsOnly, type Ctx, denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { DomainError, notFound } from "../errors.ts";
import { contains } from "../like.ts";
import { pageOf, readCursor } from "../lists.ts";
import { nameOrder } from "../name-order.ts";
import type { ListUsersInput, SetSiteRoleInput, User, UserPage, UserRef } from "./schema.ts";

/** All accounts, by name. Administrators only. */
export async function listUsers({ ctx, input }: Verb<ListUsersInput>): Promise<UserPage> {
  requireAdmin(ctx);
  const { users } = ctx.db.read.t;
  const sortName = nameOrder(users.name);
  const after = readCursor(input.cursor, ["text", "text"]);
  const rows = await selectUsers(ctx.db.read, sortName)
    .where(
      and(
        isNull(users.deletedAt),
        input.search
          ? or(contains(users.name, input.search), contains(users.email, input.search))
          : undefined,
        input.secondFactor === "none" ? lacksSecondFactor(ctx.db.read) : undefined,
        after ? or(gt(sortName, after[0]), and(eq(sortName, after[0]), gt(users.id, after[1]))) : undefined,
      ),
    )
    .orderBy(asc(sortName), asc(users.id))
    .limit(input.limit + 1);
  const page = pageOf(
    rows,
    input.limit,
    (row) => [row.sortName, row.id],
    (row) => row,
  );
  return { items: await present(ctx.db.read, page.items), nextCursor: page.nextCursor };
}

/** One account. Administrators only. */
export async function getUser({ ctx, input }: Verb<UserRef>): Promise<User> {
  requireAdmin(ctx);
  return readUser(ctx.db.read, input.userId);
}

/**
 * Changes a user's site role. Invitations that only an administrator could send end with the role. Throws `conflict`
 * for the last administrator.
 */
export async function setSiteRole({ ctx, input }: Verb<SetSiteRoleInput>): Promise<User> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  return ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    if (!(await changeSiteRole(tx, ctx, user, { siteRole: input.siteRole }))) throw lastAdmin();
    return readUser(tx, user.id);
  });
}

/**
 * Disables an account: its sessions end, its management tokens are revoked permanently, and its invitations are
 * withdrawn. Projects and keys stay.
 */
export function disableUser(call: Verb<UserRef>): Promise<User> {
  return setDisabled(call, true);
}

/** Enables an account again: the user can sign in and create new management tokens. */
export function enableUser(call: Verb<UserRef>): Promise<User> {
  return setDisabled(call, false);
}

async function setDisabled({ ctx, input }: { ctx: Ctx; input: UserRef }, disabled: boolean) {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  return ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    if ((user.disabledAt !== null) !== disabled) {
      if (disabled && user.siteRole === "admin" && !(await hasOtherAdmin(tx, user.id))) throw lastAdmin();
      const disabledAt = disabled ? ctx.now() : null;
      await tx.q.update(tx.t.users).set({ disabledAt }).where(eq(tx.t.users.id, user.id));
      // An administrator decided last, so SCIM must not undo it.
      const { scimUsers } = tx.t;
      await tx.q.update(scimUsers).set({ deactivated: false }).where(eq(scimUsers.userId, user.id));
      if (disabled) {
        await endAllCredentials(tx, user.id, ctx.now());
        await withdrawInvitationsWithoutRight(tx, ctx, user.id);
      }
      await recordAudit(tx, ctx, {
        action: disabled ? "user.disabled" : "user.enabled",
        subject: user,
        before: { disabled: !disabled },
        after: { disabled },
      });
    }
    return readUser(tx, user.id);
  });
}

/**
 * Returns the user's row and keeps others from changing who is an administrator until the transaction ends. Throws
 * `not-found`, and `forbidden` if the actor lost their own role while waiting.
 */
export async function lockUser(tx: Tx, ctx: Ctx, userId: string) {
  await lockAdmins(tx);
  await requireStillAdmin(tx, ctx);
  const { id, name, email, siteRole, disabledAt } = tx.t.users;
  const [user] = await tx.q
    .select({ id, name, email, siteRole, disabledAt })
    .from(tx.t.users)
    .where(and(eq(id, userId), isNull(tx.t.users.deletedAt)));
  if (!user) throw notFound("user");
  return user;
}

/** Throws `forbidden` if the actor lost the role of an administrator while waiting for `lockAdmins`. */
export async function requireStillAdmin({ q, t: { users } }: Tx, { actor }: Ctx): Promise<void> {
  if (actor.kind !== "user") return;
  const active = and(eq(users.id, actor.userId), eq(users.siteRole, "admin"), isNull(users.disabledAt));
  if ((await q.$count(users, active)) === 0) throw adminsOnly();
}

function lastAdmin(): DomainError {
  return new DomainError(
    "conflict",
    "There must be an administrator. Make another user an administrator first.",
  );
}

/** One account as administrators see it. Throws `not-found`. */
export async function readUser(scope: Scope, userId: string): Promise<User> {
  const rows = await selectUsers(scope, sql<string>`''`).where(
    and(eq(scope.t.users.id, userId), isNull(scope.t.users.deletedAt)),
  );
  const [user] = await present(scope, rows);
  if (!user) throw notFound("user");
  return user;
}

function selectUsers({ q, t }: Scope, sortName: SQL<string>) {
  const { id, name, email, siteRole, createdAt, disabledAt } = t.users;
  return q.select({ id, name, email, siteRole, createdAt, disabledAt, sortName }).from(t.users);
}

type UserRow = Awaited<ReturnType<typeof selectUsers>>[number];

async function present({ q, t }: Scope, rows: UserRow[]): Promise<User[]> {
  if (rows.length === 0) return [];
  const { memberships, projects } = t;
  const counts = await q
    .select({ userId: memberships.userId, projects: count() })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(
      and(
        isNull(projects.deletedAt),
        inArray(
          memberships.userId,
          rows.map((row) => row.id),
        ),
      ),
    )
    .groupBy(memberships.userId);
  const projectsOf = new Map(counts.map((row) => [row.userId, row.projects]));
  return rows.map(({ sortName: _, createdAt, disabledAt, ...user }) => ({
    ...user,
    createdAt: iso(createdAt),
    disabledAt: isoOrNull(disabledAt),
    projects: projectsOf.get(user.id) ?? 0,
  }));
}
