/**
 * Normalizes text from people, providers and documents for storage and display. Pages use this module too, so it
 * depends on neither Node.js nor the database.
 */

/** Printable ASCII with single spaces: most texts, which are already clean. */
const CLEAN_ASCII = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Scripts that need joiners inside words. In other scripts a joiner is invisible and changes nothing. */
const JOINING_SCRIPTS = [
  ..."Arabic Bengali Devanagari Gujarati Gurmukhi Kannada Khmer Malayalam Mongolian".split(" "),
  ..."Myanmar Oriya Sinhala Syriac Tamil Telugu Tibetan".split(" "),
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join("");

const EMOJI = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}?`;

/** Invisible characters that belong to a visible one: parts of emoji, joiners of a script, variants of Han. */
const NEEDED = [
  // The flags of England, Scotland and Wales are the only emoji with tag characters.
  ...["gbeng", "gbsct", "gbwls"].map((code) => `\u{1f3f4}${tagsOf(code)}\u{e007f}`),
  String.raw`(?<=${EMOJI}\u{fe0f}?)\u{200d}(?=\p{Extended_Pictographic})`,
  String.raw`(?<=${EMOJI})[\u{fe0e}\u{fe0f}]`,
  String.raw`(?<=[0-9#*])\u{fe0f}(?=\u{20e3})`,
  String.raw`(?<=[${JOINING_SCRIPTS}])[\u{200c}\u{200d}](?=[${JOINING_SCRIPTS}])`,
  String.raw`(?<=\p{Script=Han})[\u{fe00}-\u{fe02}\u{e0100}-\u{e01ef}]`,
].join("|");

/**
 * Control characters other than white space, halves of surrogate pairs, invisible characters, and characters that
 * change the direction of the text around them.
 */
const UNPRINTABLE = String.raw`(?![\t\n\v\f\r\u{85}])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}]`;

const NEEDED_OR_UNPRINTABLE = new RegExp(`(${NEEDED})|${UNPRINTABLE}`, "gu");

function tagsOf(code: string): string {
  return Array.from(code, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
}

/**
 * More combining marks in a row than any language writes. Normalizing sorts a row of marks, which takes the square of its
 * length.
 */
const MANY_MARKS = /(\p{M}{100})\p{M}+/gu;

/** Unicode NFC without unprintable characters, and without the marks after the first 100 in a row. */
function printable(text: string): string {
  return text
    .replace(MANY_MARKS, "$1")
    .normalize("NFC")
    .replace(NEEDED_OR_UNPRINTABLE, (_, needed: string | undefined) => needed ?? "")
    .replace(MANY_MARKS, "$1")
    .normalize("NFC");
}

/**
 * JSON with its unprintable characters as escapes: `JSON.stringify` escapes only some of them, and a terminal obeys or
 * hides the others. The parsed value is the same.
 */
export function escapeUnprintable(json: string): string {
  if (/^[ -~\n]*$/.test(json)) return json;
  return json.replace(NEEDED_OR_UNPRINTABLE, (found, needed: string | undefined) => {
    if (needed !== undefined) return needed;
    const units = Array.from({ length: found.length }, (_, at) => found.charCodeAt(at));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
  });
}

/** The text with U+FFFD in place of each unprintable character, so that a reader sees that something was there. */
export function markUnprintable(text: string): string {
  return text.replace(NEEDED_OR_UNPRINTABLE, (_, needed: string | undefined) => needed ?? "\u{fffd}");
}

/**
 * The text as one clean line: Unicode NFC, without control characters, halves of surrogate pairs, direction
 * controls and invisible characters, and with every run of white space as one space. Emoji, joiners of scripts
 * that need them and variants of Han characters stay whole. Empty if nothing is left. Cleaning twice changes
 * nothing more.
 */
export function cleanLine(text: string): string {
  if (CLEAN_ASCII.test(text)) return text;
  return printable(text)
    .replace(/[\s\u{85}\p{Z}]+/gu, " ")
    .trim();
}

/** Like `cleanLine` for text of several lines: line breaks become `\n`; tabs and runs of spaces stay. */
export function cleanLines(text: string): string {
  return printable(text)
    .replace(/\r\n?|[\v\f\u{85}\u{2028}\u{2029}]/gu, "\n")
    .trim();
}

/** Whether a reader sees anything: white space, combining marks and U+2800 (empty Braille pattern) don't count. */
export function hasVisibleText(text: string): boolean {
  return /(?!\u{2800})[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u.test(cleanLine(text));
}

/** The length in Unicode code points: an emoji outside the basic plane counts as one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** At most `max` code points of the text. Never ends inside a character that consists of several code points. */
export function truncate(text: string, max: number): string {
  if (text.length <= max || lengthOf(text) <= max) return text;
  let kept = "";
  let length = 0;
  // The text can be huge: only the part that can fit is segmented.
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, max * 2 + 64))) {
    length += lengthOf(segment);
    if (length > max) break;
    kept += segment;
  }
  return kept.trimEnd();
}

/**
 * The display name of a person or object, from a source that can't be corrected by its sender, such as an
 * identity provider or a document. Null if the value is not a text or shows nothing.
 */
export function cleanName(value: unknown, max: number): string | null {
  if (typeof value !== "string") return null;
  const line = truncate(cleanLine(value.slice(0, max * 8)), max);
  return hasVisibleText(line) ? line : null;
}

/**
 * The text with U+FFFD in place of what Postgres rejects and SQLite stores differently: NUL and halves of
 * surrogate pairs. They are replaced, not removed, so that the text never becomes equal to another one.
 */
export function storable(text: string): string {
  return text.isWellFormed() && !text.includes("\0")
    ? text
    : text.toWellFormed().replaceAll("\0", "\u{fffd}");
}

/** Escapes that `JSON.stringify` writes for NUL and for halves of surrogate pairs. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;

/** `JSON.stringify` with `storable` applied to every text and every key. Strict JSON parsers read the result. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE_ESCAPE.test(json) ? JSON.stringify(storableDeep(JSON.parse(json))) : json;
}

/** The value, which came from JSON, with `storable` applied to every text and every key. */
export function storableDeep<T>(value: T): T;
export function storableDeep(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map((item) => storableDeep(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storableDeep(item)]));
}

export const NUL_MESSAGE = "contains a NUL character (U+0000)";

/**
 * The path of a NUL character in a value from JSON, in a text or a key; null if there is none. Postgres rejects
 * it, SQLite stores it, and some programs end a text there, so no input may contain it. An OpenAPI document in the
 * outermost field `openapi` is skipped: its reader replaces NUL in what it keeps.
 */
export function findNul(input: unknown): string[] | null {
  if (typeof input !== "object" || input === null || !("openapi" in input)) return nulIn(input);
  const { openapi: _, ...others } = input;
  return nulIn(others);
}

/** Parts of a path: it is repeated in the error. */
const MAX_PATH = 20;

interface JsonNode {
  value: unknown;
  key: string;
  parent: JsonNode | null;
}

/** Without recursion: an input may be nested as deeply as it is long. */
function nulIn(value: unknown): string[] | null {
  const open: JsonNode[] = [{ value, key: "", parent: null }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node.value === "string" && node.value.includes("\0")) return pathOf(node);
    if (typeof node.value !== "object" || node.value === null) continue;
    for (const [key, item] of Object.entries(node.value)) {
      const inner = { value: item, key, parent: node };
      if (key.includes("\0")) return pathOf(inner);
      open.push(inner);
    }
  }
  return null;
}

function pathOf(node: JsonNode): string[] {
  const path: string[] = [];
  for (let at: JsonNode | null = node; at?.parent; at = at.parent) path.push(at.key);
  return path.reverse().slice(0, MAX_PATH);
}
