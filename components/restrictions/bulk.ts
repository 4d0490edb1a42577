import { FIELD_CHARACTERS, type RowList, shapeOf } from "./lists.ts";

/** Text that was pasted as entries of a list: split at newlines, commas, semicolons and white space. */
export function splitBulk(list: RowList, text: string): string[][] {
  const { length } = shapeOf(list).fields;
  const words = text
    .split(/[\s,;]+/)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, FIELD_CHARACTERS));
  const entries = length === 1 ? words.map((word) => [word]) : pairs(words);
  const seen = new Set<string>();
  return entries.filter((fields) => {
    const key = fields.join("@");
    return !seen.has(key) && seen.add(key);
  });
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
