import { formatNumber } from "#core/format.ts";
import { findNul } from "#core/text.ts";
import { ScimError } from "./errors.ts";

/** Comparisons of RFC 7644, 3.4.2.2. */
const COMPARISONS = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type ComparisonOperator = (typeof COMPARISONS)[number];
export type FilterValue = string | number | boolean | null;

/** A parsed filter. Paths are in lower case and without the URN of the core schemas. */
export type Filter =
  | { op: "and" | "or"; left: Filter; right: Filter }
  | { op: "not"; of: Filter }
  | { op: "pr"; path: string }
  | { op: ComparisonOperator; path: string; value: FilterValue };

const MAX_LENGTH = 4_000;
/** Comparisons in one filter. Bounds the query, and the depth of the parser's calls together with `MAX_DEPTH`. */
const MAX_TERMS = 50;
const MAX_DEPTH = 20;

const TOKEN = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;
const CORE_URN = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/;
const ATTRIBUTE = /^[a-z$][\w$.:-]*$/;

/** Parses a filter. Throws 400 `invalidFilter`. */
export function parseFilter(text: string): Filter {
  if (text.length > MAX_LENGTH) throw invalidFilter(`has more than ${formatNumber(MAX_LENGTH)} characters`);
  const parser = new Parser(tokensOf(text));
  const filter = parser.or("", 0);
  parser.end();
  return filter;
}

/** An attribute path in lower case, without the URN of the core schemas. */
export function plainPath(path: string): string {
  return path.trim().toLowerCase().replace(CORE_URN, "");
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw invalidFilter(`can't be read at character ${at + 1}`);
    tokens.push(found[1] ?? found[2] ?? found[3] ?? "");
  }
  return tokens;
}

/** A recursive descent over the tokens: `or` binds weakest, then `and`, then `not`. */
class Parser {
  readonly #tokens: string[];
  #at = 0;
  #terms = 0;

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  /** `prefix`: the attribute whose values a filter in brackets selects, with a dot. */
  or(prefix: string, depth: number): Filter {
    if (depth > MAX_DEPTH) throw invalidFilter("is nested too deeply");
    let left = this.#and(prefix, depth);
    while (this.#takeWord("or")) left = { op: "or", left, right: this.#and(prefix, depth) };
    return left;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw invalidFilter("has more text than one filter");
  }

  #and(prefix: string, depth: number): Filter {
    let left = this.#term(prefix, depth);
    while (this.#takeWord("and")) left = { op: "and", left, right: this.#term(prefix, depth) };
    return left;
  }

  #term(prefix: string, depth: number): Filter {
    if (this.#takeWord("not")) {
      this.#expect("(");
      return { op: "not", of: this.#closed(")", prefix, depth) };
    }
    if (this.#take("(")) return this.#closed(")", prefix, depth);
    return this.#comparison(prefix, depth);
  }

  #closed(close: string, prefix: string, depth: number): Filter {
    const filter = this.or(prefix, depth + 1);
    this.#expect(close);
    return filter;
  }

  #comparison(prefix: string, depth: number): Filter {
    this.#terms += 1;
    if (this.#terms > MAX_TERMS) throw invalidFilter(`has more than ${MAX_TERMS} comparisons`);
    const path = plainPath(this.#next());
    if (!ATTRIBUTE.test(path)) throw invalidFilter("needs the name of an attribute");
    if (prefix === "" && this.#take("[")) return this.#closed("]", `${path}.`, depth);
    const op = this.#next().toLowerCase();
    if (op === "pr") return { op, path: prefix + path };
    const comparison = COMPARISONS.find((known) => known === op);
    if (comparison === undefined) throw invalidFilter("has an unknown operator");
    return { op: comparison, path: prefix + path, value: this.#value() };
  }

  #value(): FilterValue {
    const token = this.#next();
    // Entra ID sends booleans as True and False.
    const json = token.startsWith('"') ? token : token.toLowerCase();
    try {
      const value: unknown = JSON.parse(json);
      if (findNul(value) !== null) throw new SyntaxError("NUL is in no text");
      if (value === null || ["string", "number", "boolean"].includes(typeof value))
        return value as FilterValue;
    } catch {
      // Answered below.
    }
    throw invalidFilter("needs a value: a text in quotation marks, a number, true, false or null");
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw invalidFilter("ends too early");
    this.#at += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #takeWord(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw invalidFilter(`needs “${token}”`);
  }
}

function invalidFilter(problem: string): ScimError {
  return new ScimError(400, `The filter ${problem}.`, "invalidFilter");
}
