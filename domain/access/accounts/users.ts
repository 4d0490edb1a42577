import { eq } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { isUniqueViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx, UserActor } from "../../context.ts";
import { invalid } from "../../errors.ts";

interface NewUser {
  email: string;
  name: string;
  siteRole: SiteRole;
  /** Null for who only signs in through a provider. */
  passwordHash: string | null;
  /** Was the address proved? One that was only typed in may be somebody else's. */
  verified: boolean;
}

export interface CreatedUser {
  id: string;
  email: string;
  name: string;
  siteRole: SiteRole;
}

/** Writes a new user and the trace of it. A taken address violates its uniqueness: see `orTaken`. */
export async function insertUser(tx: Tx, ctx: Ctx, user: NewUser): Promise<CreatedUser> {
  const { passwordHash, verified, ...shown } = user;
  const now = ctx.now();
  const row = { id: newId("user"), ...shown };
  await tx.q
    .insert(tx.t.users)
    .values({ ...row, passwordHash, createdAt: now, emailVerifiedAt: verified ? now : null });
  // They act for themselves from the first moment, except where the operator made the account.
  const self: UserActor = {
    kind: "user",
    userId: row.id,
    name: row.name,
    siteRole: row.siteRole,
    via: "session",
    address: ctx.actor.kind === "visitor" ? ctx.actor.address : null,
  };
  await recordAudit(tx, ctx.actor.kind === "visitor" ? { ...ctx, actor: self } : ctx, {
    action: "user.created",
    subject: row,
    after: { email: row.email, siteRole: row.siteRole },
  });
  return row;
}

/** Says that an address is taken, to those who may know: whoever holds a link for it, and the operator. */
export async function orTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw invalid("email", "There is an account with this address already.");
    throw error;
  }
}

export async function hasAccount({ db }: Ctx, email: string): Promise<boolean> {
  return (await db.read.q.$count(db.read.t.users, eq(db.read.t.users.email, email))) > 0;
}
