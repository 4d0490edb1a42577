/** A CSV text is malformed. The message names the line and quotes nothing. */
export class CsvError extends Error {
  override readonly name = "CsvError";
}

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * The records of a CSV text (RFC 4180), with a comma, semicolon or tab, whichever the first line has most. Empty lines are
 * skipped. Throws `CsvError` for a quote that does not end.
 */
export function* csvRecords(text: string): Generator<string[]> {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const delimiter = delimiterOf(body);
  let record: string[] = [];
  let line = 1;
  for (let at = 0; at <= body.length; at++) {
    const isQuoted = body[at] === '"';
    const { value, end } = isQuoted ? quotedField(body, at, line) : plainField(body, at, delimiter);
    if (isQuoted) line += value.split("\n").length - 1;
    record.push(value);
    at = end;
    const isEndOfLine = at >= body.length || body[at] === "\n" || body[at] === "\r";
    if (!isEndOfLine) {
      if (body[at] === delimiter) continue;
      throw new CsvError(`Line ${line}: text follows a closing quote.`);
    }
    if (body[at] === "\r" && body[at + 1] === "\n") at++;
    if (record.length > 1 || record[0] !== "") yield record;
    record = [];
    line++;
  }
}

function delimiterOf(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1);
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function plainField(text: string, from: number, delimiter: string): { value: string; end: number } {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end++;
  return { value: text.slice(from, end), end };
}

function quotedField(text: string, from: number, line: number): { value: string; end: number } {
  let value = "";
  let start = from + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote === -1) throw new CsvError(`Line ${line}: a quote does not end.`);
    value += text.slice(start, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    start = quote + 2;
  }
}
