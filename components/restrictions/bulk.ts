import { visible } from "#core/restrictions/reading.ts";
import { FIELD_CHARACTERS, isOperations, type RowList, shapeOf } from "./lists.ts";

/** Text that was pasted, as entries of a list. */
export interface Pasted {
  entries: string[][];
  /** Words that belong to the format rather than to the list, such as `allow` or `cidr_blocks`; each once. */
  leftOut: string[];
}

/** Longer text is not read: 1,000 entries of the longest kind that people paste fit many times. */
export const MAX_PASTE_CHARACTERS = 256 * 1024;

/**
 * Reads pasted text as entries of a list. Besides plain lists, the formats are understood that such lists are kept
 * in: JSON, YAML, Terraform, nginx, with their quotes, brackets and comments. What an `allow` list of nginx denies is
 * left out.
 */
export function readPaste(list: RowList, text: string): Pasted {
  const leftOut = new Set<string>();
  const words = wordsOf(withoutComments(list, visible(text)), leftOut).filter((word) => {
    if (isEntry(list, word)) return true;
    leftOut.add(word);
    return false;
  });
  const entries = shapeOf(list).fields.length === 1 ? words.map((word) => [word]) : pairs(words);
  const byText = new Map(entries.map((fields) => [fields.join("@"), fields]));
  return { entries: [...byText.values()], leftOut: [...leftOut] };
}

/** A `#` or `//` inside a word is part of it, `https://example.com/#top`, and `/*` ends a site's path. */
function withoutComments(list: RowList, text: string): string {
  const rest = list === "referrers" ? text : withoutBlockComments(text);
  return rest.replace(/(^|\s)(?:#|\/\/).*/gm, "$1");
}

/** In one pass, for the text may be long and hostile. */
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

function wordsOf(text: string, leftOut: Set<string>): string[] {
  return text
    .replace(/^[^\S\n]*deny[^\S\n]+([^\s;]+);?/gm, (_, denied: string) => {
      leftOut.add(`deny ${denied}`);
      return "";
    })
    .replace(/(\S)\s+[-–]\s+(?=\d)/g, (whole, before: string) =>
      /[\da-f]/i.test(before) ? `${before}-` : whole,
    )
    .split(/[\s,;"'`\u2018-\u201f«»‹›{}()=]+/)
    .map((word) => withoutBrackets(word.slice(0, FIELD_CHARACTERS)))
    .filter((word) => /[\p{L}\p{N}*]/u.test(word));
}

/** Brackets of a list around a word go; those of an IPv6 address with a port stay. */
function withoutBrackets(word: string): string {
  return /^\[[\da-f:.]*:[\da-f:.]*\](?::\d+)?$/i.test(word) ? word : word.replace(/^\[+|[\]:]+$/g, "");
}

/** A word without any sign of an entry of this list names a field or a directive. */
function isEntry(list: RowList, word: string): boolean {
  if (list === "ips") return /[\d.:*/]/.test(word) && !/^[a-z_][\w-]*$/i.test(word);
  if (list === "referrers") return /[.:*/]/.test(word) || word.toLowerCase() === "localhost";
  return isOperations(list) || isDigest(word) || !/^[a-z_]+$/.test(word);
}

/** Packages and certificates, in one word (`com.example.app@da39…`) or one behind the other. */
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

/** Digits with colons between them are a certificate's; no package has any. */
function isDigest(word: string): boolean {
  return /^[0-9a-f:]{16,}$/i.test(word);
}
