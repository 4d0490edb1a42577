import { and, eq, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import { isUniqueViolation } from "#db/errors.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireAdmin, type UserActor, type Verb } from "../../context.ts";
import { invalid } from "../../errors.ts";
import { hashPassword } from "./hash.ts";
import type { CreateUserInput } from "./schema.ts";
import { requireStrongPassword } from "./weak-password.ts";

interface NewUser {
  email: string;
  name: string;
  siteRole: SiteRole;
  /** Null for users who only sign in through a provider. */
  passwordHash: string | null;
  /** Whether the email address is verified. Without that, it may belong to someone else. */
  verified: boolean;
}

export interface CreatedUser {
  id: string;
  email: string;
  name: string;
  siteRole: SiteRole;
}

/** Inserts a user and its audit row. A taken email address violates a unique index: see `rejectTakenEmail`. */
export async function insertUser(tx: Tx, ctx: Ctx, user: NewUser): Promise<CreatedUser> {
  const { passwordHash, verified, ...shown } = user;
  const now = ctx.now();
  const row = { id: newId("user"), ...shown };
  await tx.q
    .insert(tx.t.users)
    .values({ ...row, passwordHash, createdAt: now, emailVerifiedAt: verified ? now : null });
  // Users act for themselves from the start, except if the operator created the account.
  const self: UserActor = {
    kind: "user",
    userId: row.id,
    name: row.name,
    siteRole: row.siteRole,
    via: "session",
    ipAddress: ctx.actor.kind === "visitor" ? ctx.actor.ipAddress : null,
  };
  await recordAudit(tx, ctx.actor.kind === "visitor" ? { ...ctx, actor: self } : ctx, {
    action: "user.created",
    subject: row,
    after: { email: row.email, siteRole: row.siteRole },
  });
  return row;
}

/** Says that an email address is taken. Only for callers who may know: holders of a link for it, and the operator. */
export async function rejectTakenEmail<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error))
      throw invalid("email", "There is already an account with this email address.");
    throw error;
  }
}

/** Whether there is an account with this address, also a disabled one. */
export async function hasAccount({ db }: Ctx, email: string): Promise<boolean> {
  return (await db.read.q.$count(db.read.t.users, eq(db.read.t.users.email, email))) > 0;
}

/**
 * Creates an account for the operator (`latchkey user create`); the sign-up policy does not apply. The email address
 * is not verified, because nothing was sent to it: the password works until the owner of the address signs in through
 * a provider.
 */
export async function createUser({ ctx, input }: Verb<CreateUserInput>): Promise<CreatedUser> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { password, ...user } = input;
  await requireStrongPassword(ctx, password, user);
  const passwordHash = await hashPassword(password);
  return rejectTakenEmail(() =>
    ctx.db.write((tx) => insertUser(tx, ctx, { ...user, passwordHash, verified: false })),
  );
}

/** Serializes transactions that change who is an administrator. */
export const lockAdmins = (tx: Tx): Promise<void> => takeAdvisoryLock(tx, "admins");

/** Whether an administrator exists who can sign in. Call `lockAdmins` first if a write depends on the answer. */
export async function hasAdmin({ q, t: { users } }: Scope): Promise<boolean> {
  const [admin] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.siteRole, "admin"), isNull(users.disabledAt)))
    .limit(1);
  return admin !== undefined;
}
