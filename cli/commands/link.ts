import { createFirstAdminLink } from "#domain/access/accounts/first-admin.ts";
import { cliCtx, withDb } from "../database.ts";
import { CliError, say } from "../output.ts";

/** Prints a new one-time link to make the first administrator; links from before end. */
export async function link(): Promise<void> {
  await withDb(async (db, settings) => {
    const made = await createFirstAdminLink({ ctx: cliCtx(db, settings) });
    if (made === null) {
      throw new CliError(
        "there is an administrator already; make others with: npm run -s latchkey -- user create",
      );
    }
    say(made);
  });
}
