import { text } from "node:stream/consumers";
import { createUser as createUserVerb } from "#domain/access/accounts/create-user.ts";
import { createUserSchema } from "#domain/access/accounts/schema.ts";
import { cliCtx, withDb } from "../database.ts";
import { parseOptions } from "../options.ts";
import { CliError, say } from "../output.ts";

interface UserOptions {
  email: string;
  name: string;
  role: string;
  passwordStdin?: boolean;
}

/** Makes an account. The password comes on standard input: an option would show in the list of processes. */
export async function createUser(options: UserOptions): Promise<void> {
  if (!options.passwordStdin) {
    throw new CliError("give --password-stdin and send the password on standard input");
  }
  const { email, name, role } = options;
  if (role !== "admin" && role !== "developer") throw new CliError("--role: choose admin or developer");
  const password = await readPassword();
  const input = parseOptions(createUserSchema, { email, name, siteRole: role, password });
  await withDb(async (db, settings) => {
    const user = await createUserVerb({ ctx: cliCtx(db, settings), input });
    say(`Made the ${role} ${input.email} (${user.id}).`);
  });
}

/** Standard input without the line end that `echo` appends. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) throw new CliError("--password-stdin: send the password on standard input");
  return (await text(process.stdin)).replace(/\r?\n$/, "");
}
