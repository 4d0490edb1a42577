import { parseSettings } from "#core/settings.ts";
import { openDb } from "#db/open.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { CliError, say } from "../output.ts";

/** Walks the audit log's chain. Throws, for a non-zero exit, where it is broken or `head` is not in it. */
export async function doctorAudit(head: string | null): Promise<void> {
  const db = await openDb(parseSettings(process.env).databaseUrl, { poolSize: 1 });
  const report = await verifyAudit(db, head).finally(() => db.close());
  const { rows, unsealed, broken, expectedFound } = report;
  if (broken) {
    throw new CliError(
      broken.why === "missing"
        ? `audit: row ${broken.place} of the chain is missing; the next is ${broken.rowId}`
        : `audit: row ${broken.place} of the chain, ${broken.rowId}, was changed, or one before it was`,
    );
  }
  if (expectedFound === false)
    throw new CliError(`audit: no row has the hash ${head}: the log was cut off or written anew`);
  say(
    `ok   audit: ${rows} rows, unchanged${unsealed > 0 ? `, and ${unsealed} that are not sealed yet` : ""}`,
  );
  if (rows > 0) say(`     head: ${report.head}`);
}
