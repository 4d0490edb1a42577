const HIDDEN = "(API key)";

/** Of the characters that every library escapes for HTML. */
const ENTITIES: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** Base64 of either alphabet. Its signs may be escaped for JSON, URLs or HTML, and it may be on several lines. */
const BASE64_RUN = /(?:[\w+/-]|\\{1,4}\/|\\{1,4}u002[bf]|%2[bf]|&#(?:43|47|x2[bf]);|\r?\n)+=*/gi;
const HEX_RUN = /[\da-f]+/gi;

/**
 * A receiver's words without the API key, which is printable ASCII: as it is, with any of its characters escaped for JSON,
 * URLs, HTML or mail, also more than once, and in a longer text that is written in Base64 or hex, such as `user:key`.
 */
export function hideKey(words: string, key: string): string {
  const hideIn = (run: string, decoded: Buffer[]) =>
    decoded.some((bytes) => bytes.includes(key)) ? HIDDEN : run;
  return words
    .replaceAll(BASE64_RUN, (run) => (run.length < key.length ? run : hideIn(run, fromBase64(run))))
    .replaceAll(HEX_RUN, (run) => (run.length < 2 * key.length ? run : hideIn(run, fromHex(run))))
    .replaceAll(new RegExp([...key].map(formsOf).join(""), "g"), HIDDEN);
}

/** What a run may encode, which may begin with characters that don't belong to it. */
function fromBase64(run: string): Buffer[] {
  const plain = run
    .replaceAll(/(?:\\+u00|%|&#x)2b;?|&#43;/gi, "+")
    .replaceAll(/(?:\\+u00|%|&#x)2f;?|&#47;|\\+\//gi, "/")
    .replaceAll(/\s/g, "");
  return [0, 1, 2, 3].map((from) => Buffer.from(plain.slice(from), "base64"));
}

function fromHex(run: string): Buffer[] {
  return [0, 1].map((from) => Buffer.from(run.slice(from), "hex"));
}

/** A pattern of all forms of a character. Repetitions are bounded, so that no text takes long. */
function formsOf(char: string): string {
  const code = char.charCodeAt(0);
  const hex = code.toString(16).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const entity = ENTITIES[char];
  const forms = [
    `\\\\{0,8}${char.replace(/[\\^$.*+?()[\]{}|]/, "\\$&")}`,
    `\\\\{1,8}(?:u00|x)${hex}`,
    `(?:%(?:25){0,4}(?:u00)?|=)${hex}`,
    `&(?:amp;){0,4}#(?:0{0,6}${code}|[xX]0{0,6}${hex});?`,
    ...(entity ? [`&(?:amp;){0,4}${entity};`] : []),
  ];
  return `(?:${forms.join("|")})`;
}
