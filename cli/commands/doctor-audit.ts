import { formatNumber, plural } from "#core/format.ts";
import { openDb } from "#db/open.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { parseSettings } from "#platform/settings.ts";
import { CliError, printLine } from "../output.ts";

/** A running portal seals every row within seconds. */
const MAX_UNSEALED_MS = 10 * 60_000;

const BROKEN = {
  missing: (position: number, rowId: string) =>
    `row ${position} of the chain is missing; the next row is ${rowId}`,
  changed: (position: number, rowId: string) =>
    `row ${position} of the chain, ${rowId}, or a row before it was changed`,
  added: (position: number, rowId: string) =>
    `row ${rowId} was inserted before the first row, at position ${position}`,
};

/**
 * Verifies the hash chain of the audit log. Throws if the chain is broken, if it does not contain `head`, or if rows
 * have been unsealed for more than 10 minutes.
 */
export async function doctorAudit(head: string | null): Promise<void> {
  const db = await openDb(parseSettings(process.env, { needsAuthSecret: false }).databaseUrl, {
    poolSize: 1,
  });
  const report = await verifyAudit(db, head).finally(() => db.close());
  const { rows, unsealed, unsealedSince, broken, expectedFound } = report;
  if (broken) throw new CliError(`audit: ${BROKEN[broken.why](broken.position, broken.rowId)}`);
  if (expectedFound === false)
    throw new CliError(`audit: no row has the hash ${head}: the log was truncated or rewritten`);
  if (unsealedSince !== null && Date.now() - unsealedSince > MAX_UNSEALED_MS) {
    throw new CliError(
      `audit: ${plural(rows, "row")} unchanged, but ${formatNumber(unsealed)} not sealed, the oldest since ${new Date(unsealedSince).toISOString()}. A running portal seals them within seconds: start one and try again`,
    );
  }
  const pending = unsealed > 0 ? `, ${formatNumber(unsealed)} not sealed yet` : "";
  printLine(`ok   audit: ${plural(rows, "row")}, unchanged${pending}`);
  if (rows > 0) printLine(`     head: ${report.head}`);
}
