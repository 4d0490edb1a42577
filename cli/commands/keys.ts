import { readFileSync, statSync } from "node:fs";
import { setImmediate as yieldNow } from "node:timers/promises";
import { CsvError } from "#core/csv.ts";
import { formatNumber } from "#core/format.ts";
import { importRow, readImportFile, suggestedMapping } from "#core/import-file.ts";
import type { Ctx } from "#domain/context.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { IMPORT_FIELDS, importKeysSchema, type RowResult } from "#domain/keys/import/schema.ts";
import { fileErrorReason } from "#platform/file-errors.ts";
import { actorOf } from "../actor.ts";
import { cliContext, withDb } from "../database.ts";
import { ImportReport, printProgress } from "../import/import-report.ts";
import { ImportProgress } from "../import/progress.ts";
import { CliError, parseOptions } from "../output.ts";

/** As commander passes them. */
interface ImportOptions {
  user: string;
  project: string;
  prefix?: string;
  length?: string;
  map: string[];
  set: string[];
  dryRun?: boolean;
  json?: boolean;
}

/** Few enough that other writes don't wait for long. */
const ROWS_PER_CALL = 500;
const MAX_FILE_BYTES = 256 * 1_024 * 1_024;

/** Imports the keys of a file, from where an earlier run of the same import stopped. Throws if a row failed. */
export async function importFile(path: string, options: ImportOptions): Promise<void> {
  const text = readText(path);
  const shape = shapeOf(options);
  const rows = rowsOf(text, options);
  const { dryRun = false, json = false } = options;
  const input = (keys: unknown[]) => ({ projectId: options.project, dryRun, shape, keys });
  // Before the database is opened.
  parseOptions(importKeysSchema, input(rows.slice(0, 1)));
  const progress = new ImportProgress(path, [
    text,
    JSON.stringify([options.project, shape, options.map, options.set]),
  ]);
  if (dryRun) progress.done = 0;
  await withDb(async (db, settings) => {
    const ctx = cliContext(db, settings, await actorOf(db, options.user));
    const report = new ImportReport({ dryRun, json });
    if (progress.done > 0) printProgress(`resuming after ${formatNumber(progress.done)} rows`);
    let isKept = true;
    for (let at = progress.done; at < rows.length; at += ROWS_PER_CALL) {
      const some = rows.slice(at, at + ROWS_PER_CALL);
      report.add(at, await importSome(ctx, parseOptions(importKeysSchema, input(some))));
      // A run that is interrupted later must not make the next one pass over rows that failed.
      if (!dryRun && report.totals.failed === 0 && !progress.advance(some.length) && isKept) {
        isKept = false;
        printProgress(`${path}.progress can't be written: after an interruption, all rows are sent again`);
      }
      printProgress(`${formatNumber(at + some.length)} of ${formatNumber(rows.length)} rows`);
      // So that Ctrl-C is noticed between two transactions.
      await yieldNow();
    }
    if (!dryRun) progress.finish();
    report.finish();
    if (report.totals.failed > 0)
      throw new CliError("some rows failed; correct them and import the file again");
  });
}

async function importSome(ctx: Ctx, input: Parameters<typeof importKeys>[0]["input"]): Promise<RowResult[]> {
  return (await importKeys({ ctx, input })).results;
}

function readText(path: string): string {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) throw new CliError(`${path} is larger than 256 MiB; split it`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${path} can't be read: ${fileErrorReason(error) ?? "unknown reason"}`);
  }
}

function shapeOf({ prefix, length }: ImportOptions) {
  if (prefix === undefined && length === undefined) return null;
  const [, min, max = min] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(length ?? "") ?? [];
  if (min === undefined) throw new CliError("--length: give one number or a range, such as 40 or 40-64");
  return { prefix: prefix ?? "", minLength: Number(min), maxLength: Number(max) };
}

function rowsOf(text: string, { map, set }: ImportOptions): unknown[] {
  try {
    const file = readImportFile(text);
    if (file.rows.length === 0) throw new CliError("the file has no rows");
    const constants = pairsOf("--set", set);
    for (const field of Object.keys(constants)) requireField("--set", field);
    if (file.kind === "jsonl") {
      if (map.length > 0) throw new CliError("--map: only for CSV; lines of JSON have the fields of a key");
      return file.rows.map((row) => importRow(row, { mapping: null, constants }));
    }
    const given = pairsOf("--map", map);
    for (const [column, field] of Object.entries(given)) {
      if (!file.columns.includes(column)) throw new CliError(`--map: the file has no column ${column}`);
      requireField("--map", field);
    }
    const mapping = { ...suggestedMapping(file.columns, IMPORT_FIELDS), ...given };
    return file.rows.map((row) => importRow(row, { mapping, constants }));
  } catch (error) {
    throw error instanceof CsvError ? new CliError(error.message) : error;
  }
}

function pairsOf(option: string, pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (name === undefined || value === undefined) throw new CliError(`${option}: write it as name=value`);
      return [name, value];
    }),
  );
}

function requireField(option: string, field: string): void {
  if (/^metadata\..+/.test(field) || IMPORT_FIELDS.includes(field)) return;
  throw new CliError(
    `${option}: there is no field ${field}; the fields are ${IMPORT_FIELDS.join(", ")}, metadata.…`,
  );
}
