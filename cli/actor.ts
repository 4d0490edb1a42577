import { eq } from "drizzle-orm";
import { readEmail } from "#core/email.ts";
import type { Db } from "#db/open.ts";
import type { UserActor } from "#domain/context.ts";
import { CliError } from "./output.ts";

/** The user with this email address, acting from the operator's terminal. */
export async function actorOf(db: Db, email: string): Promise<UserActor> {
  const parsed = readEmail(email);
  if ("error" in parsed) throw new CliError(`--user: ${parsed.error}`);
  const { users } = db.read.t;
  const [user] = await db.read.q.select().from(users).where(eq(users.email, parsed.address));
  if (!user) throw new CliError(`no account has the email address ${email}`);
  if (user.disabledAt !== null) throw new CliError(`the account of ${email} is disabled`);
  return {
    kind: "user",
    userId: user.id,
    name: user.name,
    siteRole: user.siteRole,
    via: "cli",
    ipAddress: null,
  };
}
