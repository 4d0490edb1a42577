import { CST, type Document, isScalar, Lexer, parseDocument, visit } from "yaml";
import { MAX_DEPTH, refuseFaults, type TextFault, tooDeep, twice, unreadable } from "./unreadable.ts";

/** Aliases: more than any document has that a person wrote; far fewer than a bomb of them unfolds into. */
const MAX_RARE = 100;
/** Each costs some microseconds while nothing else is answered. A document of 1 MiB has about 300,000. */
const MAX_LEXEMES = 500_000;

/** What YAML text says. Throws `invalid` with the line of every fault, and for what would take too long. */
export function readYaml(text: string): unknown {
  mustBeModest(text);
  try {
    // Keys are compared below: the reader's own way takes a minute for some ten thousand of them.
    const parsed = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
    if (parsed.errors.some(({ message }) => message.includes("call stack"))) throw tooDeep();
    const faults = parsed.errors.map(({ pos, message }) => ({ at: pos[0], message: endSentence(message) }));
    refuseFaults(text, faults.length > 0 ? faults : repeatedKeys(parsed));
    return toValue(parsed);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

/** Looks at the text piece by piece, so that nothing is made of what is too much. */
function mustBeModest(text: string): void {
  let [lexemes, rare, brackets, before] = [0, 0, 0, ""];
  /** Of the block collections that begin in one line. */
  let inLine = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const type = before === CST.SCALAR ? null : CST.tokenType(lexeme);
    before = lexeme;
    lexemes++;
    if (type === "alias" || type === "directive-line") rare++;
    else if (type === "flow-map-start" || type === "flow-seq-start") brackets++;
    else if (type === "flow-map-end" || type === "flow-seq-end") brackets = Math.max(0, brackets - 1);
    else if (type === "newline") inLine = 0;
    else if (brackets === 0 && type?.endsWith("-ind")) inLine++;
    if (lexemes > MAX_LEXEMES) throw unreadable("It has too many parts: give it as JSON.");
    if (rare > MAX_RARE) throw unreadable(`It has more than ${MAX_RARE} aliases or directives.`);
    if (brackets + inLine > MAX_DEPTH) throw tooDeep();
  }
}

function repeatedKeys(parsed: Document): TextFault[] {
  const faults: TextFault[] = [];
  visit(parsed, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) faults.push(twice(key.range?.[0] ?? 0, name));
        seen.add(name);
      }
    },
  });
  return faults;
}

function toValue(parsed: Document): unknown {
  try {
    return parsed.toJS({ maxAliasCount: MAX_RARE });
  } catch (error) {
    if (error instanceof ReferenceError) throw unreadable("Its aliases unfold into too much.");
    throw error;
  }
}

function endSentence(message: string): string {
  const [first = ""] = message.split("\n");
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
