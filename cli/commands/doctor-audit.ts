import { openDb } from "#db/open.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { parseSettings } from "#platform/settings.ts";
import { CliError, say } from "../output.ts";

/** A portal gives every row its place within seconds. */
const UNSEALED_MOST_MS = 10 * 60_000;

const BROKEN = {
  missing: (place: number, rowId: string) => `row ${place} of the chain is missing; the next is ${rowId}`,
  changed: (place: number, rowId: string) =>
    `row ${place} of the chain, ${rowId}, was changed, or one before it was`,
  added: (place: number, rowId: string) => `row ${rowId} was added, at place ${place} before the first`,
};

/**
 * Walks the audit log's chain. Throws, for a non-zero exit, where it is broken, `head` is not in it, or rows have
 * been without a place for long.
 */
export async function doctorAudit(head: string | null): Promise<void> {
  const db = await openDb(parseSettings(process.env).databaseUrl, { poolSize: 1 });
  const report = await verifyAudit(db, head).finally(() => db.close());
  const { rows, unsealed, unsealedSince, broken, expectedFound } = report;
  if (broken) throw new CliError(`audit: ${BROKEN[broken.why](broken.place, broken.rowId)}`);
  if (expectedFound === false)
    throw new CliError(`audit: no row has the hash ${head}: the log was cut off or written anew`);
  if (unsealedSince !== null && Date.now() - unsealedSince > UNSEALED_MOST_MS) {
    throw new CliError(
      `audit: ${rows} rows are unchanged, but ${unsealed} are not sealed, the oldest since ${new Date(unsealedSince).toISOString()}. Portals seal them within seconds: start one, and look again`,
    );
  }
  say(
    `ok   audit: ${rows} rows, unchanged${unsealed > 0 ? `, and ${unsealed} that are not sealed yet` : ""}`,
  );
  if (rows > 0) say(`     head: ${report.head}`);
}
