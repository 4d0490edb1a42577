import { eq } from "drizzle-orm";
import { readEmail } from "#core/email.ts";
import type { Db } from "#db/open.ts";
import { createManagementToken } from "#domain/access/management-tokens/create.ts";
import { createManagementTokenSchema } from "#domain/access/management-tokens/schema.ts";
import type { UserActor } from "#domain/context.ts";
import { cliContext, withDb } from "../database.ts";
import { CliError, parseOptions, printLine } from "../output.ts";

/** Creates a management token for a user and prints only the token. */
export async function createToken(options: { user: string; name: string }): Promise<void> {
  const input = parseOptions(createManagementTokenSchema, { name: options.name });
  await withDb(async (db, settings) => {
    const actor = await actorOf(db, options.user);
    const { token } = await createManagementToken({ ctx: cliContext(db, settings, actor), input });
    printLine(token);
  });
}

/** The user with this email address, acting from the operator's terminal. */
async function actorOf(db: Db, email: string): Promise<UserActor> {
  const reading = readEmail(email);
  if ("fault" in reading) throw new CliError(`--user: ${reading.fault}`);
  const { users } = db.read.t;
  const [user] = await db.read.q.select().from(users).where(eq(users.email, reading.address));
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
