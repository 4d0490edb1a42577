import { visible } from "#core/restrictions/parsed-entry.ts";
import { isOperations, type RowList, shapeOf } from "./lists.ts";
import { MAX_FIELD_CHARACTERS } from "./test-call.ts";

/** The entries in pasted text. */
export interface Pasted {
  entries: string[][];
  /** Words of the format rather than the list, such as `allow` or `cidr_blocks`; each once. */
  ignored: string[];
}

/** Longer text is rejected. 1,000 entries of the longest usual kind fit many times. */
export const MAX_PASTE_CHARACTERS = 256 * 1024;

/**
 * Reads pasted text as entries of a list. Besides plain lists it reads JSON, YAML, Terraform and nginx, with their
 * quotes, brackets and comments. Entries of nginx `deny` directives are ignored.
 */
export function readPaste(list: RowList, text: string): Pasted {
  const ignored = new Set<string>();
  const words = wordsOf(withoutComments(list, visible(text)), ignored).filter((word) => {
    if (isEntry(list, word)) return true;
    ignored.add(word);
    return false;
  });
  const entries = shapeOf(list).fields.length === 1 ? words.map((word) => [word]) : pairs(words);
  const byText = new Map(entries.map((fields) => [fields.join("@"), fields]));
  return { entries: [...byText.values()], ignored: [...ignored] };
}

/** A `#` or `//` inside a word is part of it, `https://example.com/#top`, and `/*` ends a site's path. */
function withoutComments(list: RowList, text: string): string {
  const rest = list === "referrers" ? text : withoutBlockComments(text);
  return rest.replace(/(^|\s)(?:#|\/\/).*/gm, "$1");
}

/** In one pass, because the text may be long and hostile. */
function withoutBlockComments(text: string): string {
  const kept: string[] = [];
  for (let from = 0; from < text.length; ) {
    const start = text.indexOf("/*", from);
    const end = start === -1 ? -1 : text.indexOf("*/", start + 2);
    if (end === -1) return kept.concat(text.slice(from)).join(" ");
    kept.push(text.slice(from, start));
    from = end + 2;
  }
  return kept.join(" ");
}

function wordsOf(text: string, ignored: Set<string>): string[] {
  return text
    .replace(/^[^\S\n]*deny[^\S\n]+([^\s;]+);?/gm, (_, denied: string) => {
      ignored.add(`deny ${denied}`);
      return "";
    })
    .replace(/(\S)\s+[-–]\s+(?=\d)/g, (whole, before: string) =>
      /[\da-f]/i.test(before) ? `${before}-` : whole,
    )
    .split(/[\s,;"'`\u2018-\u201f«»‹›{}()=]+/)
    .map((word) => withoutBrackets(word.slice(0, MAX_FIELD_CHARACTERS)))
    .filter((word) => /[\p{L}\p{N}*]/u.test(word));
}

/** Removes the brackets of a list around a word; keeps those of an IPv6 address with a port. */
function withoutBrackets(word: string): string {
  return /^\[[\da-f:.]*:[\da-f:.]*\](?::\d+)?$/i.test(word) ? word : word.replace(/^\[+|[\]:]+$/g, "");
}

/** Whether a word looks like an entry of this list rather than the name of a field or directive. */
function isEntry(list: RowList, word: string): boolean {
  if (list === "ips") return /[\d.:*/]/.test(word) && !/^[a-z_][\w-]*$/i.test(word);
  if (list === "referrers") return /[.:*/]/.test(word) || word.toLowerCase() === "localhost";
  return isOperations(list) || isDigest(word) || !/^[a-z_]+$/.test(word);
}

/** Packages and certificates, in one word (`com.example.app@da39…`) or one after the other. */
function pairs(words: string[]): string[][] {
  const entries: string[][] = [];
  for (const word of words) {
    const at = word.indexOf("@");
    const last = entries.at(-1);
    if (at > 0) entries.push([word.slice(0, at), word.slice(at + 1)]);
    else if (last && last[1] === "" && isDigest(word)) last[1] = word;
    else entries.push(isDigest(word) ? [last?.[0] ?? "", word] : [word, ""]);
  }
  return entries;
}

/** Only certificates have digits with colons between them. */
function isDigest(word: string): boolean {
  return /^[0-9a-f:]{16,}$/i.test(word);
}
