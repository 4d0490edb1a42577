import { and, eq, isNull } from "drizzle-orm";
import { isUniqueViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx, Verb } from "../../context.ts";
import { endPreparedAccess } from "../accounts/end-prepared-access.ts";
import { requiredProvider } from "../accounts/required-provider.ts";
import { policyDenial } from "../accounts/sign-up-policy.ts";
import { insertUser, lockAdmins } from "../accounts/users.ts";
import { setActive } from "./activate.ts";
import { invalidValue, ScimError, uniquenessError, unknownResource } from "./errors.ts";
import { type PatchOperation, readPatchOperations } from "./patch-input.ts";
import { readScimUser, type ScimUser } from "./read-users.ts";
import { refreshRole } from "./roles.ts";
import { isManaged, providerOf, requireOwnDomain, requireScim } from "./scim-rights.ts";
import { readUserInput, readUserOperations, type UserChange } from "./user-input.ts";

type ScimUserRow = Tables["scimUsers"]["$inferSelect"];
type UserRow = Tables["users"]["$inferSelect"];

/**
 * Creates a user for an identity provider. An address that already has an account is rejected with 409, with two
 * exceptions: SCIM managed the account before, or the domain of the address requires a provider, so that the
 * organization already decides who signs in with it. Such an account is linked, with its role and projects. If its
 * address was never verified, someone else may have prepared it: then all of its credentials end.
 */
export async function createScimUser({ ctx, input }: Verb<Record<string, unknown>>): Promise<ScimUser> {
  requireScim(ctx);
  const { email, userName, ...change } = readUserInput(input, true);
  if (email === undefined || userName === undefined) throw invalidValue("emails: an address is required.");
  const denial = policyDenial(ctx, email);
  if (denial !== null) throw invalidValue(denial);
  requireOwnDomain(ctx, email);
  return rejectTaken(() =>
    ctx.db.write(async (tx) => {
      await lockAdmins(tx);
      const found = await findLinkable(tx, ctx, email);
      if (found?.isNew) await endUnverifiedAccess(tx, ctx, found.id);
      const userId = found?.id ?? (await insertAccount(tx, ctx, email, change));
      await link(tx, ctx, userId, userName);
      return write(tx, ctx, userId, { ...change, userName, email, active: change.active ?? true });
    }),
  );
}

/** Replaces a user's attributes (PUT). Without `active`, the account stays enabled or disabled. */
export async function replaceScimUser({
  ctx,
  input: { userId, body },
}: Verb<{ userId: string; body: Record<string, unknown> }>): Promise<ScimUser> {
  return change(ctx, userId, readUserInput(body, true));
}

/** Changes some of a user's attributes (PATCH). */
export async function patchScimUser({
  ctx,
  input: { userId, body },
}: Verb<{ userId: string; body: Record<string, unknown> }>): Promise<ScimUser> {
  const operations: PatchOperation[] = readPatchOperations(body);
  return change(ctx, userId, readUserOperations(operations));
}

/** Disables the account and ends its link. Nothing of it is deleted: creating the user again brings it back. */
export async function deleteScimUser({ ctx, input }: Verb<{ userId: string }>): Promise<void> {
  requireScim(ctx);
  await ctx.db.write(async (tx) => {
    await lockAdmins(tx);
    const { row, user } = await lockScimUser(tx, ctx, input.userId);
    const { scimUsers } = tx.t;
    await leaveGroups(tx, user.id);
    await setActive(tx, ctx, row, false);
    // An administrator may enable the account later, which must not bring back the role of a group.
    await refreshRole(tx, ctx, user.id);
    const now = ctx.now();
    // The name is free for another person.
    await tx.q
      .update(scimUsers)
      .set({ deletedAt: now, updatedAt: now, userNameKey: deletedKey(user.id) })
      .where(eq(scimUsers.userId, user.id));
    await recordAudit(tx, ctx, { action: "user.scim-deleted", subject: user });
  });
}

/** The key of a deleted user. Keys of names are in lower case, so that no name can have it. */
const deletedKey = (userId: string) => `DELETED:${userId}`;

function change(ctx: Ctx, userId: string, wanted: UserChange): Promise<ScimUser> {
  requireScim(ctx);
  return rejectTaken(() =>
    ctx.db.write(async (tx) => {
      await lockAdmins(tx);
      await lockScimUser(tx, ctx, userId);
      return write(tx, ctx, userId, wanted);
    }),
  );
}

/**
 * The account with this address if SCIM may manage it, and whether it never did; null if there is none. Throws 409 if it
 * may not.
 */
async function findLinkable(tx: Tx, ctx: Ctx, email: string): Promise<{ id: string; isNew: boolean } | null> {
  const { scimUsers, users } = tx.t;
  const [found] = await tx.q
    .select({ id: users.id, deletedAt: scimUsers.deletedAt, provider: scimUsers.provider })
    .from(users)
    .leftJoin(scimUsers, eq(scimUsers.userId, users.id))
    .where(eq(users.email, email));
  if (!found) return null;
  const own = requireScim(ctx).provider;
  const isOwn = found.provider !== null && (own === null || found.provider === own);
  if (isOwn && found.deletedAt === null) throw uniquenessError("There is a user with this email address.");
  if (isOwn) return { id: found.id, isNew: false };
  // `requireOwnDomain` has checked that a required provider is the token's.
  if (requiredProvider(ctx, email) === null) {
    throw uniquenessError(
      "There is an account with this email address that this token does not manage. Let its domain require the provider (LATCHKEY_OIDC_REQUIRED_DOMAINS) to link it.",
    );
  }
  if (found.provider !== null) await leaveGroups(tx, found.id);
  return { id: found.id, isNew: found.provider === null };
}

/** The groups of another provider decide nothing about the user anymore. */
async function leaveGroups({ q, t: { scimGroupMembers } }: Tx, userId: string): Promise<void> {
  await q.delete(scimGroupMembers).where(eq(scimGroupMembers.userId, userId));
}

/**
 * Ends everything that could sign in to an account whose address is not verified: its groups may make it an
 * administrator. Signing in with the provider verifies the address.
 */
async function endUnverifiedAccess(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  const { users } = tx.t;
  const [user] = await tx.q
    .update(users)
    .set({ credentialsEndedAt: ctx.now() })
    .where(and(eq(users.id, userId), isNull(users.emailVerifiedAt)))
    .returning({ id: users.id, name: users.name });
  if (!user) return;
  await endPreparedAccess(tx, ctx, userId);
  await recordAudit(tx, ctx, {
    action: "user.credentials-ended",
    subject: user,
    after: { provider: "scim" },
  });
}

async function insertAccount(tx: Tx, ctx: Ctx, email: string, names: UserChange): Promise<string> {
  const user = { email, name: shownName(names, email), siteRole: "developer" as const };
  return (await insertUser(tx, ctx, { ...user, passwordHash: null, verified: false })).id;
}

async function link(tx: Tx, ctx: Ctx, userId: string, userName: string): Promise<void> {
  const { scimUsers, users } = tx.t;
  const now = ctx.now();
  const fields = { userName, userNameKey: userName.toLowerCase(), updatedAt: now, deletedAt: null };
  const provider = providerOf(ctx);
  const { issuer } = requireScim(ctx);
  await tx.q
    .insert(scimUsers)
    .values({ userId, provider, issuer, createdAt: now, ...fields })
    // A token that manages the users of all providers leaves them to theirs.
    .onConflictDoUpdate({
      target: scimUsers.userId,
      set: { ...fields, ...(provider !== "" && { provider, issuer }) },
    });
  const [user] = await tx.q
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(eq(users.id, userId));
  if (user) await recordAudit(tx, ctx, { action: "user.scim-linked", subject: user, after: { userName } });
}

/** Writes the change of a locked user, in both tables. */
async function write(tx: Tx, ctx: Ctx, userId: string, wanted: UserChange): Promise<ScimUser> {
  const { scimUsers, users } = tx.t;
  const { row, user } = await lockScimUser(tx, ctx, userId);
  const { email, active, userName, ...names } = wanted;
  const now = ctx.now();
  const next = {
    ...names,
    ...(userName !== undefined && { userName, userNameKey: userName.toLowerCase() }),
    updatedAt: now,
  };
  await tx.q.update(scimUsers).set(next).where(eq(scimUsers.userId, userId));
  const merged = { ...row, ...next };
  const name = shownName(merged, merged.userName);
  await changeAccount(tx, ctx, user, { name, email: email ?? user.email });
  if (active !== undefined) await setActive(tx, ctx, row, active);
  await refreshRole(tx, ctx, userId);
  const [written] = await tx.q.select().from(users).where(eq(users.id, userId));
  if (!written) throw unknownResource("User");
  return readScimUser(tx, ctx, userId);
}

/**
 * Changes name and email address. A new address is verified only if its domain requires a provider: then the
 * organization controls its addresses. Otherwise the account's address counts as unverified.
 */
async function changeAccount(
  tx: Tx,
  ctx: Ctx,
  user: UserRow,
  { name, email }: { name: string; email: string },
): Promise<void> {
  if (name === user.name && email === user.email) return;
  const isMoved = email !== user.email;
  if (isMoved) requireMayMove(ctx, user, email);
  const isVerified = requiredProvider(ctx, email) !== null && user.emailVerifiedAt !== null;
  await tx.q
    .update(tx.t.users)
    .set({ name, email, ...(isMoved && { emailVerifiedAt: isVerified ? ctx.now() : null }) })
    .where(eq(tx.t.users.id, user.id));
  await recordAudit(tx, ctx, {
    action: isMoved ? "user.email-changed" : "user.renamed",
    subject: user,
    before: { ...(name !== user.name && { name: user.name }), ...(isMoved && { email: user.email }) },
    after: { ...(name !== user.name && { name }), ...(isMoved && { email }) },
  });
}

/**
 * Throws 403 for an administrator, unless the token was created for that: with another address, someone could sign in
 * as them through a provider. Throws 400 for an address that the sign-up policy or the token's provider excludes.
 */
function requireMayMove(ctx: Ctx, user: UserRow, email: string): void {
  if (user.siteRole === "admin" && !requireScim(ctx).managesAdmins) {
    throw new ScimError(
      403,
      "This user is an administrator, whose email address this token can't change. Change it under Admin > Users, or use a token that may.",
    );
  }
  const denial = policyDenial(ctx, email);
  if (denial !== null) throw invalidValue(denial);
  requireOwnDomain(ctx, email);
}

/** Locks both rows of a user that SCIM manages. Throws 404. Call `lockAdmins` first. */
async function lockScimUser(tx: Tx, ctx: Ctx, userId: string): Promise<{ row: ScimUserRow; user: UserRow }> {
  const { scimUsers, users } = tx.t;
  const [user] = await tx.q.update(users).set({ id: userId }).where(eq(users.id, userId)).returning();
  const [row] = await tx.q
    .select()
    .from(scimUsers)
    .where(and(eq(scimUsers.userId, userId), isNull(scimUsers.deletedAt), isManaged(ctx, scimUsers)));
  if (!user || !row) throw unknownResource("User");
  return { row, user };
}

/** What pages show: the display name, else both names, else `fallback`. */
function shownName({ displayName, givenName, familyName }: UserChange, fallback: string): string {
  const full = [givenName, familyName].filter((part) => part).join(" ");
  return displayName ?? (full === "" ? fallback.slice(0, 100) : full.slice(0, 100));
}

async function rejectTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw uniquenessError("Another user has this userName or email address.");
    throw error;
  }
}
