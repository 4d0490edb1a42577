import { and, count, eq, gt, isNotNull, isNull, min, type SQL } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { formatNumber } from "#core/format.ts";
import { DAY_MS } from "#core/time.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import type { Tx } from "#db/open.ts";
import { isOpen } from "./access/accounts/links.ts";
import { lockProjectRow } from "./access/project-access.ts";
import type { Ctx } from "./context.ts";
import { DomainError } from "./errors.ts";
import { RESTORABLE_MS } from "./keys/status.ts";

/*
 * Each function throws `conflict` with `LIMIT_REACHED` if nothing more may be created. It first locks what it counts
 * until the transaction ends, so that two concurrent requests can't both take the last free one. A project is always
 * locked before a user.
 */

/** Each sends all usage. */
const MAX_BILLING_EXPORTS = 5;

type Bounded = Pick<Ctx, "settings" | "now">;

/**
 * Checks the limit for a project that the user owns. `who`: the owner's name, if the owner is not the current user.
 */
export async function enforceMaxProjects(
  tx: Tx,
  { settings }: Bounded,
  userId: string,
  who?: string,
): Promise<void> {
  await lockUser(tx, userId);
  const { memberships, projects } = tx.t;
  const [owned] = await tx.q
    .select({ n: count() })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(and(eq(memberships.userId, userId), eq(memberships.role, "owner"), isNull(projects.deletedAt)));
  const max = settings.bounds.projectsPerUser;
  requireBelow(
    owned?.n ?? 0,
    max,
    who === undefined
      ? `You own ${formatNumber(max)} projects, the maximum per user. Delete or transfer one.`
      : `${who} owns ${formatNumber(max)} projects, the maximum per user.`,
  );
}

/** Checks the limits for a new key. */
export async function enforceMaxKeysAndRevoked(tx: Tx, ctx: Bounded, projectId: string): Promise<void> {
  await enforceMaxKeys(tx, ctx, projectId);
  const { keys } = tx.t;
  const restorable = gt(keys.revokedAt, ctx.now() - RESTORABLE_MS);
  const max = ctx.settings.bounds.revokedKeysPerProject;
  requireBelow(
    await countRows(tx, keys, and(eq(keys.projectId, projectId), isNotNull(keys.revokedAt), restorable)),
    max,
    `The project revoked ${formatNumber(max)} keys within 30 days, the maximum that is kept for restoring. Update keys instead of replacing them, or wait.`,
  );
}

/** Checks the limit for a key that is created or restored. */
export async function enforceMaxKeys(tx: Tx, ctx: Bounded, projectId: string): Promise<void> {
  if ((await remainingKeys(tx, ctx, projectId)) > 0) return;
  const max = formatNumber(ctx.settings.bounds.keysPerProject);
  throw limitReached(`The project has ${max} keys, the maximum per project. Revoke one you no longer need.`);
}

/** How many more active or disabled (not revoked) keys the project may have. */
export async function remainingKeys(tx: Tx, { settings }: Bounded, projectId: string): Promise<number> {
  await lockProjectRow(tx, projectId);
  const { keys } = tx.t;
  const live = await countRows(tx, keys, and(eq(keys.projectId, projectId), isNull(keys.revokedAt)));
  return Math.max(0, settings.bounds.keysPerProject - live);
}

/** Checks the limit for a joining member. */
export async function enforceMaxMembers(tx: Tx, ctx: Bounded, projectId: string): Promise<void> {
  await lockProjectRow(tx, projectId);
  requireMembersBelow(ctx, await countMembers(tx, projectId));
}

/** Checks the limit for a project invitation: members and open invitations count together. */
export async function enforceMaxInvitations(tx: Tx, ctx: Bounded, projectId: string): Promise<void> {
  await lockProjectRow(tx, projectId);
  const { invitations } = tx.t;
  const invited = await countRows(
    tx,
    invitations,
    and(eq(invitations.projectId, projectId), isOpen(tx, ctx.now())),
  );
  requireMembersBelow(ctx, (await countMembers(tx, projectId)) + invited);
}

/** Checks how many invitations the user sent within 24 hours, to projects or to the site. */
export async function enforceMaxInvitationsPerDay(tx: Tx, ctx: Bounded, userId: string): Promise<void> {
  await lockUser(tx, userId);
  const { invitations } = tx.t;
  const now = ctx.now();
  const [sent] = await tx.q
    .select({ n: count(), first: min(invitations.createdAt) })
    .from(invitations)
    .where(and(eq(invitations.createdBy, userId), gt(invitations.createdAt, now - DAY_MS)));
  const max = ctx.settings.bounds.invitationsPerDay;
  requireBelow(
    sent?.n ?? 0,
    max,
    `You sent ${formatNumber(max)} invitations within 24 hours, the maximum per user and day.`,
    (sent?.first ?? now) + DAY_MS - now,
  );
}

/** Checks the limit for the user's management tokens. */
export async function enforceMaxUserTokens(tx: Tx, { settings }: Bounded, userId: string): Promise<void> {
  await lockUser(tx, userId);
  const { managementTokens } = tx.t;
  const isActive = and(eq(managementTokens.userId, userId), isNull(managementTokens.revokedAt));
  const max = settings.bounds.tokensPerUser;
  requireBelow(
    await countRows(tx, managementTokens, isActive),
    max,
    `You have ${formatNumber(max)} management tokens, the maximum per user. Revoke one you no longer need.`,
  );
}

/** Checks the limit for the project's management tokens. */
export async function enforceMaxProjectTokens(
  tx: Tx,
  { settings }: Bounded,
  projectId: string,
): Promise<void> {
  await lockProjectRow(tx, projectId);
  const { managementTokens } = tx.t;
  const isActive = and(eq(managementTokens.projectId, projectId), isNull(managementTokens.revokedAt));
  const max = settings.bounds.tokensPerProject;
  requireBelow(
    await countRows(tx, managementTokens, isActive),
    max,
    `The project has ${formatNumber(max)} management tokens, the maximum per project. Revoke one you no longer need.`,
  );
}

/** Checks the limit for the webhooks of the project, or of the site (null), which may have as many as a project. */
export async function enforceMaxWebhooks(
  tx: Tx,
  { settings }: Bounded,
  projectId: string | null,
): Promise<void> {
  if (projectId === null) await takeAdvisoryLock(tx, "siteWebhooks");
  else await lockProjectRow(tx, projectId);
  const { webhooks } = tx.t;
  const hasOwner = projectId === null ? isNull(webhooks.projectId) : eq(webhooks.projectId, projectId);
  const max = settings.bounds.webhooksPerProject;
  requireBelow(
    await countRows(tx, webhooks, and(hasOwner, isNull(webhooks.deletedAt))),
    max,
    `The ${projectId === null ? "site" : "project"} has ${formatNumber(max)} webhooks, the maximum. Delete one first.`,
  );
}

/** Checks the limit for the site's APIs. */
export async function enforceMaxApis(tx: Tx, { settings }: Bounded): Promise<void> {
  await takeAdvisoryLock(tx, "apis");
  const max = settings.bounds.apis;
  requireBelow(
    await countRows(tx, tx.t.apis),
    max,
    `There are ${formatNumber(max)} APIs, the maximum. Delete one first.`,
  );
}

/** Checks the limit for the site's service tokens. */
export async function enforceMaxServiceTokens(tx: Tx, { settings }: Bounded): Promise<void> {
  await takeAdvisoryLock(tx, "serviceTokens");
  const { serviceTokens } = tx.t;
  const max = settings.bounds.serviceTokens;
  requireBelow(
    await countRows(tx, serviceTokens, isNull(serviceTokens.revokedAt)),
    max,
    `There are ${formatNumber(max)} service tokens, the maximum. Revoke one you no longer need.`,
  );
}

/** Checks the limit for the site's billing exports. */
export async function enforceMaxBillingExports(tx: Tx): Promise<void> {
  await takeAdvisoryLock(tx, "billingExports");
  requireBelow(
    await countRows(tx, tx.t.billingExports),
    MAX_BILLING_EXPORTS,
    `There are ${MAX_BILLING_EXPORTS} billing exports, the maximum. Delete one first.`,
  );
}

function requireMembersBelow({ settings }: Bounded, members: number): void {
  const max = settings.bounds.membersPerProject;
  requireBelow(
    members,
    max,
    `The project has ${formatNumber(max)} members and open invitations, the maximum per project. Remove a member or withdraw an invitation first.`,
  );
}

function countMembers(tx: Tx, projectId: string): Promise<number> {
  const { memberships } = tx.t;
  return countRows(tx, memberships, eq(memberships.projectId, projectId));
}

function countRows({ q }: Tx, table: PgTable, where?: SQL): Promise<number> {
  return q.$count(table, where);
}

function requireBelow(count: number, max: number, message: string, retryAfterMs?: number): void {
  if (count >= max) throw limitReached(message, retryAfterMs);
}

function limitReached(message: string, retryAfterMs?: number): DomainError {
  return new DomainError("conflict", message, {
    problem: "LIMIT_REACHED",
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Serializes transactions that count what one user has. */
async function lockUser(tx: Tx, userId: string): Promise<void> {
  const { users } = tx.t;
  await tx.q.update(users).set({ id: userId }).where(eq(users.id, userId));
}
