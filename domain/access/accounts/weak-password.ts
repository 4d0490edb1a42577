import type { Ctx } from "../../context.ts";
import { invalid } from "../../errors.ts";

/** Words that an attacker of this portal tries, besides those of the account. */
const PRODUCT_WORDS = ["latchkey"];
/** Shorter words occur in too many good passwords. */
const MIN_WORD = 4;
/** A word with fewer additional characters than this counts as that word. */
const MIN_ADDED = 6;

/** Letters that people replace, and their replacements. A digit can replace several letters. */
const REPLACED: Record<string, string>[] = [
  { "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", $: "s", "!": "i" },
  { "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", $: "s", "!": "l" },
];

let commonPasswords: Promise<ReadonlySet<string>> | undefined;

/** The 49,000 most used passwords, in lower case. Loaded when the first password is set: few processes ever do. */
function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  commonPasswords ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  );
  return commonPasswords;
}

/**
 * Rejects a password that attackers try first: a common one (in any case, with letters replaced by digits, or with a
 * few characters added), words of the account or the portal, a repetition or a sequence. Throws `invalid` at
 * `password` with the reason.
 */
export async function requireStrongPassword(
  { settings }: Pick<Ctx, "settings">,
  password: string,
  account: { email: string; name: string },
): Promise<void> {
  const typed = password.normalize("NFKC").trim().toLowerCase();
  if (isPattern(typed)) {
    throw invalid("password", "Choose a password that isn't a repeated pattern or a sequence.");
  }
  const words = wordsOf(account.email, account.name, new URL(settings.url).hostname, ...PRODUCT_WORDS);
  const readings = [typed, ...REPLACED.map((letters) => replaceBack(typed, letters))];
  if (readings.some((reading) => isMadeOf(reading, words))) {
    throw invalid(
      "password",
      "Choose a password that doesn't contain only your name, your email address or the name of this portal: attackers try those first.",
    );
  }
  const common = await loadCommonPasswords();
  if (readings.some((reading) => isCommon(reading, common))) {
    throw invalid(
      "password",
      "Choose another password. This is a common one, or a common one with small changes: attackers try those first.",
    );
  }
}

/** `abcabcabcabc`, `1111111111`, `abcdefghij`, `9876543210`. */
function isPattern(text: string): boolean {
  const points = [...text].map((char) => char.codePointAt(0) ?? 0);
  const repeats = (unit: number) => points.every((point, i) => i < unit || point === points[i - unit]);
  const counts = (step: number) =>
    points.every((point, i) => i === 0 || point - (points[i - 1] ?? 0) === step);
  return [1, 2, 3, 4].some(repeats) || [1, -1].some(counts);
}

/** The words of an email address or name, whole and one by one, longest first. */
function wordsOf(...texts: string[]): string[] {
  const whole = texts.map((text) => text.normalize("NFKC").trim().toLowerCase());
  const words = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  return [...new Set([...whole, ...words])]
    .filter((word) => word.length >= MIN_WORD)
    .sort((a, b) => b.length - a.length);
}

function isMadeOf(text: string, words: string[]): boolean {
  const rest = words.reduce((left, word) => left.replaceAll(word, " "), text);
  return rest !== text && rest.replace(/[^\p{L}\p{N}]/gu, "").length < MIN_ADDED;
}

function isCommon(text: string, common: ReadonlySet<string>): boolean {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const added = text.length - core.length;
  return (
    common.has(text) ||
    common.has(text.replace(/[^\p{L}\p{N}]/gu, "")) ||
    (core.length >= MIN_WORD && added < MIN_ADDED && common.has(core))
  );
}

function replaceBack(text: string, letters: Record<string, string>): string {
  return [...text].map((char) => letters[char] ?? char).join("");
}
