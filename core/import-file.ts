import { CsvError, csvRecords } from "./csv.ts";
import { duplicateNames, markRepeated } from "./duplicate-names.ts";
import { INEXACT_MESSAGE, InexactNumber, parseExactly } from "./exact-number.ts";

/** Which field each column has; a column without one is ignored. */
export type ColumnMapping = Readonly<Record<string, string>>;

/** A file with keys: its columns, and its rows by column. Lines of JSON have the rows as they are. */
export type ImportFile =
  | { kind: "csv"; columns: string[]; rows: Record<string, string>[] }
  | { kind: "jsonl"; rows: unknown[] };

/** Reads CSV with a first line of column names, or a JSON object per line. Throws `CsvError`, also for JSON. */
export function readImportFile(text: string): ImportFile {
  if (/^\ufeff?\s*[{[]/.test(text)) return { kind: "jsonl", rows: jsonLines(text) };
  const [columns, ...records] = csvRecords(text);
  if (columns === undefined) throw new CsvError("The file is empty.");
  const names = columns.map((name) => name.trim());
  if (new Set(names).size < names.length) throw new CsvError("Two columns have the same name.");
  const rows = records.map((record, at) => {
    if (record.length > names.length)
      throw new CsvError(`Record ${at + 1} has more fields than there are columns.`);
    return Object.fromEntries(names.map((name, column) => [name, record[column] ?? ""]));
  });
  return { kind: "csv", columns: names, rows };
}

function jsonLines(text: string): unknown[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const filled = lines.map((line, at) => ({ line: line.trim(), at })).filter(({ line }) => line !== "");
  return filled.map(({ line, at }) => {
    try {
      const row: unknown = JSON.parse(line);
      const inexact = HAS_NUMBER.test(line) ? inexactField(parseExactly(line)) : null;
      if (inexact !== null) throw new CsvError(`Line ${at + 1}: ${inexact} ${INEXACT_MESSAGE}.`);
      markRepeated(row, duplicateNames(line));
      return row;
    } catch (error) {
      if (error instanceof CsvError) throw error;
      // The parser's message quotes the line, which contains a secret.
      throw new CsvError(`Line ${at + 1} is not a JSON object.`);
    }
  });
}

const HAS_NUMBER = /:\s*-?\d/;

/** The first field, or entry of the metadata, with a number that would change; null if there is none. */
function inexactField(row: unknown): string | null {
  for (const [field, value] of Object.entries(asObject(row))) {
    if (value instanceof InexactNumber) return field;
    if (field !== "metadata") continue;
    const entry = Object.entries(asObject(value)).find(([, inner]) => inner instanceof InexactNumber);
    if (entry !== undefined) return `metadata.${entry[0]}`;
  }
  return null;
}

/** The mapping to these fields that column names suggest, in any case and with any separators. */
export function suggestedMapping(
  columns: readonly string[],
  fields: readonly string[],
): Record<string, string> {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const found = columns.flatMap((column): [string, string][] => {
    const [, entry] = /^metadata\.(.+)$/i.exec(column) ?? [];
    if (entry !== undefined) return [[column, `metadata.${entry}`]];
    const field = fields.find((name) => plain(name) === plain(column));
    return field === undefined ? [] : [[column, field]];
  });
  return Object.fromEntries(found);
}

/**
 * The row of an import from a row of a file. `constants` apply to every row without a value. `tags` are
 * separated by commas or semicolons. A field with several values, because two columns have it, becomes a list of them.
 * Other fields are checked by the import.
 */
export function importRow(
  row: unknown,
  { mapping, constants }: { mapping: ColumnMapping | null; constants: Readonly<Record<string, string>> },
): unknown {
  if (typeof row !== "object" || row === null) return row;
  const fields = new Map<string, unknown>();
  for (const [column, value] of Object.entries(row)) {
    const field = mapping === null ? column : Object.hasOwn(mapping, column) ? mapping[column] : undefined;
    if (field !== undefined && value !== "") fields.set(field, withOther(fields.get(field), value));
  }
  for (const [field, value] of Object.entries(constants)) if (!fields.has(field)) fields.set(field, value);
  const hash: Record<string, unknown> = {};
  // Maps: a name such as `__proto__` must stay an entry.
  const metadata = new Map<string, unknown>();
  const result = new Map<string, unknown>();
  for (const [field, value] of fields) {
    if (field.startsWith("metadata.")) metadata.set(field.slice("metadata.".length), value);
    else if (field === "algorithm" || field === "encoding" || field === "lookup") hash[field] = value;
    else if (field === "hash" && typeof value === "string") hash.value = value;
    else if (field === "tags" && (typeof value === "string" || mapping !== null))
      result.set(field, tagsOf(value));
    else result.set(field, value);
  }
  const whole = result.get("metadata");
  if (metadata.size > 0 && !Array.isArray(whole)) {
    for (const [name, value] of Object.entries(asObject(whole)))
      metadata.set(name, withOther(metadata.get(name), value));
    result.set("metadata", Object.fromEntries(metadata));
  }
  // Constants such as the algorithm mean nothing in a row with a token.
  if (!result.has("token") && Object.keys(hash).length > 0)
    result.set("hash", { ...hash, ...asObject(result.get("hash")) });
  return Object.fromEntries(result);
}

/** Tags separated by commas or semicolons, in one column or several. */
function tagsOf(value: unknown): string[] {
  return [value]
    .flat(Number.POSITIVE_INFINITY)
    .flatMap((tags) => String(tags).split(/[,;]/))
    .filter((tag) => tag.trim() !== "");
}

/** Both values, if they differ. */
function withOther(known: unknown, value: unknown): unknown {
  return known === undefined || known === value ? value : [known, value];
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
