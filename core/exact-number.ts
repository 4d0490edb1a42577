/** A JSON number that a double (IEEE 754) can't represent exactly. */
export class InexactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

export const INEXACT_MESSAGE = "can't be kept exactly as a number: send it as a string";

/** Without `context` in browsers from before 2025: there, no number is marked. */
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;
const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;

/** `JSON.parse` with an `InexactNumber` for each number that would change. Throws `SyntaxError` for invalid JSON. */
export function parseExactly(text: string): unknown {
  return parse(text, (_, value, context) => {
    const source = context?.source;
    return typeof value === "number" && source !== undefined && !isExact(source, value)
      ? new InexactNumber(source)
      : value;
  });
}

/** Whether the text of a JSON number and its parsed value are the same number. */
export function isExact(source: string, value: number): boolean {
  return Number.isFinite(value) && canonical(source) === canonical(String(value));
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** One text for each decimal number: significant digits and exponent. */
function canonical(text: string): string | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  // A pattern for zeros at the end would look at all zeros before each digit: a minute for a long number.
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  const significant = digits.slice(0, end);
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
