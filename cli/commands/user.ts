import { text } from "node:stream/consumers";
import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { createUserSchema } from "#domain/access/accounts/schema.ts";
import { createUser as createUserVerb } from "#domain/access/accounts/users.ts";
import { cliContext, withDb } from "../database.ts";
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
