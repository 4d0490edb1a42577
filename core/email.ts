/** Longest address that mail servers take (RFC 5321, 4.5.3.1), and the longest part before the @. */
const MAX_EMAIL = 254;
const MAX_LOCAL = 64;

/** One address in the form in which it is stored and compared, or what is wrong and how to write it. */
export type ParsedEmail = { address: string } | { error: string };

/** The unquoted local part of RFC 5322: letters, digits and the signs that need no quotation marks. */
const DOT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** What would end or split the host of a URL, or be decoded in it. */
const NOT_IN_A_DOMAIN = /[\s/\\?#@:%<>[\]^|]/u;

const ERRORS = {
  empty: "Write an email address, such as ada@example.com.",
  long: `Use an email address of at most ${MAX_EMAIL} characters, with at most ${MAX_LOCAL} before the @.`,
  several: "Write one email address only, without commas or semicolons.",
  named: "Write the email address only, without a name or angle brackets.",
  quoted: "Email addresses with quotation marks are not supported. Use an address without them.",
  comment: "Write the email address without comments in brackets.",
  space: "Remove spaces and invisible characters from the email address.",
  letters: "Use only the letters a to z, digits and signs before the @ of the email address.",
  dots: "The part before the @ must not begin or end with a dot, or have two dots in a row.",
  ip: "Write a domain after the @, not an IP address.",
  domain: "Check the domain after the @ of the email address, such as example.com.",
};

/**
 * Reads one email address as forms, the API, the CLI and providers send it. The part before the @ must be ASCII; its
 * letters become lower case. The domain becomes ASCII by IDNA (UTS 46), so `ada@bücher.example` and its punycode
 * form are one address; names without a dot, such as `localhost`, are allowed. Quoted local parts, comments,
 * display names and lists are rejected: every mail program reads the result as the same mailbox.
 */
export function readEmail(text: string): ParsedEmail {
  const typed = text.trim();
  if (typed === "") return { error: ERRORS.empty };
  if (typed.length > 1_000) return { error: ERRORS.long };
  if (/["“”]/.test(typed)) return { error: ERRORS.quoted };
  if (/[<>]/.test(typed)) return { error: ERRORS.named };
  if (/[,;]/.test(typed)) return { error: ERRORS.several };
  if (/[()]/.test(typed)) return { error: ERRORS.comment };
  if (/[\s\p{Cc}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/u.test(typed)) {
    return { error: ERRORS.space };
  }
  const at = typed.indexOf("@");
  if (at === -1) return { error: ERRORS.empty };
  if (typed.includes("@", at + 1)) return { error: ERRORS.several };
  const local = lowerAscii(typed.slice(0, at));
  if (local === "" || at === typed.length - 1) return { error: ERRORS.empty };
  if (/^\.|\.$|\.\./.test(local)) return { error: ERRORS.dots };
  if (!DOT_ATOM.test(local)) return { error: ERRORS.letters };
  const domain = readDomain(typed.slice(at + 1));
  if (typeof domain !== "string") return domain;
  const address = `${local}@${domain}`;
  if (local.length > MAX_LOCAL || address.length > MAX_EMAIL) return { error: ERRORS.long };
  return { address };
}

/** The domain of an email address in ASCII, or what is wrong with it. */
function readDomain(typed: string): string | { error: string } {
  if (/^\[.*\]$/.test(typed)) return { error: ERRORS.ip };
  if (NOT_IN_A_DOMAIN.test(typed)) return { error: ERRORS.domain };
  // A scheme with IDNA, whose parser every browser and Node.js share.
  const url = URL.parse(`https://${typed}`);
  if (url === null || url.hostname === "") return { error: ERRORS.domain };
  const host = url.hostname;
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return { error: ERRORS.ip };
  return host.split(".").every((label) => HOST_LABEL.test(label)) ? host : { error: ERRORS.domain };
}

/** The domain of an address that `readEmail` returned. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1);
}

/** `toLowerCase` for A to Z alone: it would turn U+212A (Kelvin sign) into a plain k. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
