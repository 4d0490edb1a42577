import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import { readEmail } from "#core/email.ts";
import { cleanLine } from "#core/text.ts";
import type { Db } from "#db/open.ts";
import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { createUserSchema } from "#domain/access/accounts/schema.ts";
import { createUser as createUserVerb } from "#domain/access/accounts/users.ts";
import { setUserEmail } from "#domain/admin/change-email.ts";
import { deleteUser as deleteUserVerb } from "#domain/admin/delete-user.ts";
import { sendPasswordReset } from "#domain/admin/reset-password.ts";
import { resetSecondFactors } from "#domain/admin/second-factors.ts";
import { listUsers as listUsersVerb } from "#domain/admin/users.ts";
import { readBrand } from "#domain/branding/read.ts";
import type { Mail } from "#domain/context.ts";
import { mailer } from "#domain/notifications/mailer.ts";
import { cliContext, reasonOf, withDb } from "../database.ts";
import { CliError, parseOptions, printLine } from "../output.ts";

interface UserOptions {
  email: string;
  name: string;
  role: string;
  passwordStdin?: boolean;
}

/** Creates an account. The password is read from standard input: an option would be visible in the process list. */
export async function createUser(options: UserOptions): Promise<void> {
  if (!options.passwordStdin) {
    throw new CliError("use --password-stdin and pipe the password to standard input");
  }
  const { email, name, role } = options;
  if (role !== "admin" && role !== "developer") throw new CliError("--role: must be admin or developer");
  const password = await readPassword();
  const input = parseOptions(createUserSchema, { email, name, siteRole: role, password });
  await withDb(async (db, settings) => {
    const user = await createUserVerb({ ctx: cliContext(db, settings), input });
    printLine(`Created the ${role} ${input.email} (${user.id}).`);
  });
}

/** Standard input without the line end that `echo` appends. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) throw new CliError("--password-stdin: pipe the password to standard input");
  return (await text(process.stdin)).replace(/\r?\n$/, "");
}

/** Prints a new one-time link that creates the first administrator, and revokes earlier links. */
export async function link(): Promise<void> {
  await withDb(async (db, settings) => {
    const url = await createFirstAdminLink({ ctx: cliContext(db, settings) });
    if (url === null) {
      throw new CliError(
        "there is already an administrator; create others with: npm run -s latchkey -- user create",
      );
    }
    printLine(url);
  });
}

/** Prints every account, one per line: email address, site role, status and name, separated by tabs. */
export async function listUsers(): Promise<void> {
  await withDb(async (db, settings) => {
    const ctx = cliContext(db, settings);
    let cursor: string | undefined;
    do {
      const page = await listUsersVerb({ ctx, input: { limit: 200, cursor } });
      for (const { email, siteRole, disabledAt, name } of page.items) {
        printLine([email, siteRole, disabledAt === null ? "active" : "disabled", cleanLine(name)].join("\t"));
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  });
}

/** Prints a one-time link that lets the user choose a new password. */
export async function resetPassword(options: { email: string }): Promise<void> {
  await withDb(async (db, settings) => {
    const userId = await userIdOf(db, options.email);
    const { link } = await sendPasswordReset({ ctx: cliContext(db, settings), input: { userId } });
    // The context sends no mail, so there is always a link to print.
    printLine(link ?? "");
  });
}

/** Changes the email address of an account. The new one is not verified, because nothing is mailed to it. */
export async function changeEmail(options: { email: string; to: string }): Promise<void> {
  const parsed = readEmail(options.to);
  if ("error" in parsed) throw new CliError(`--to: ${parsed.error}`);
  await withDb(async (db, settings) => {
    const userId = await userIdOf(db, options.email);
    const input = { userId, email: parsed.address };
    await setUserEmail({ ctx: cliContext(db, settings), input });
    printLine(`The account signs in with ${parsed.address} from now on.`);
  });
}

/** Deletes an account. Names and email addresses are removed from the audit log too. */
export async function deleteUser(options: { email: string; yes?: boolean }): Promise<void> {
  if (!options.yes) throw new CliError("this can't be undone; add --yes to delete the account");
  await withDb(async (db, settings) => {
    const userId = await userIdOf(db, options.email);
    await deleteUserVerb({ ctx: cliContext(db, settings), input: { userId } });
    printLine(`Deleted the account (${userId}).`);
  });
}

/** Removes a user's second factor, ends their sessions, and notifies them by email if there is a mail server. */
export async function disableMfa(options: { email: string }): Promise<void> {
  await withDb(async (db, settings) => {
    const userId = await userIdOf(db, options.email);
    let failure = "SMTP_URL is not set here";
    const send = mailer(
      settings,
      () => readBrand({ db, now: Date.now }),
      (error) => {
        failure = reasonOf(error);
      },
    );
    let isMailed = false;
    const sendMail = async (mail: Mail) => {
      await send?.(mail);
      isMailed = send !== null;
    };
    await resetSecondFactors({ ctx: { ...cliContext(db, settings), sendMail }, input: { userId } });
    const next = isMailed
      ? "The user was notified by email."
      : `The user was not notified by email (${cleanLine(failure)}). Contact them yourself.`;
    printLine(`The second factor was removed, and all sessions ended. ${next}`);
  });
}

async function userIdOf(db: Db, email: string): Promise<string> {
  const parsed = readEmail(email);
  if ("error" in parsed) throw new CliError(`--email: ${parsed.error}`);
  const { users } = db.read.t;
  const [user] = await db.read.q.select({ id: users.id }).from(users).where(eq(users.email, parsed.address));
  if (!user) throw new CliError(`no account has the email address ${email}; see: latchkey user list`);
  return user.id;
}
