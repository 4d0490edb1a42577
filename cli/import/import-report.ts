import { formatNumber } from "#core/format.ts";
import type { RowResult } from "#domain/keys/import/schema.ts";
import { printLine } from "../output.ts";

const MAX_SHOWN_FAILURES = 100;

interface ReportOptions {
  dryRun: boolean;
  /** Whether each row and the totals are lines of JSON. */
  json: boolean;
}

/**
 * Prints an import. Standard output has the totals, and before them, in a dry run or as JSON, the result of each row.
 * Standard error has the progress, and the failed rows that are not in standard output.
 */
export class ImportReport {
  readonly totals = { created: 0, unchanged: 0, failed: 0 };
  readonly #options: ReportOptions;

  constructor(options: ReportOptions) {
    this.#options = options;
  }

  /** `before`: rows of the file before these. */
  add(before: number, results: readonly RowResult[]): void {
    const { dryRun, json } = this.#options;
    for (const result of results) {
      this.totals[result.status]++;
      if (json) printLine(JSON.stringify({ ...result, row: before + result.row }));
      else if (dryRun) printLine(this.#rowText(before, result));
      else if (result.status === "failed" && this.totals.failed <= MAX_SHOWN_FAILURES)
        printProgress(this.#rowText(before, result));
    }
  }

  finish(): void {
    const { dryRun, json } = this.#options;
    const { created, unchanged, failed } = this.totals;
    const counts = Object.entries({ [this.#verb]: created, unchanged, failed });
    const text = counts.map(([word, count]) => `${formatNumber(count)} ${word}`).join(", ");
    printLine(json ? JSON.stringify({ dryRun, created, unchanged, failed }) : text);
  }

  get #verb(): string {
    return this.#options.dryRun ? "would be created" : "created";
  }

  /** Rows are counted from 1, without the line of column names. */
  #rowText(before: number, { row, status, keyId, message, errors }: RowResult): string {
    const name = `row ${before + row + 1}`;
    if (status === "created") return `${name}: ${this.#verb}`;
    if (status === "unchanged") return `${name}: unchanged, ${message ?? `the key ${keyId} has its token`}`;
    const details = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
    return `${name}: ${details.length > 0 ? details.join("; ") : message}`;
  }
}

/** Goes to standard error. */
export function printProgress(line: string): void {
  process.stderr.write(`latchkey: ${line}\n`);
}
