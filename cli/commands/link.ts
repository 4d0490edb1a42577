import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { cliContext, withDb } from "../database.ts";
import { CliError, printLine } from "../output.ts";

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
