import { decodeUri } from "../decode-uri.ts";

/** How an API's router interprets a path: like any of the common routers, or only literally. */
export type PathMatching = "safe" | "exact";

/** One way in which a router may interpret a segment. Without its format suffix it is less specific. */
export interface Interpretation {
  /** Decoded and folded: the text that routers compare if they ignore case, marks and invisible characters. */
  text: string;
  suffixRemoved: boolean;
}

/** One segment of a path, and every interpretation by a common router. */
export interface PathSegment {
  /** As it was sent, with normalized escapes. */
  raw: string;
  interpretations: readonly Interpretation[];
  /** For a segment other than the last with a `;`, `?` or `#`: the part before it, as a last segment. */
  truncated?: PathSegment;
}

export interface RequestPath {
  segments: readonly PathSegment[];
  trailingSlash: boolean;
  /** The path up to each `;`, `?` or `#` in a segment, at which some routers end the path. */
  truncated: readonly RequestPath[];
}

/** Characters; longer than any real path. */
const MAX_PATH_LENGTH = 2_048;
/** Some proxies and frameworks decode a path that is already decoded. */
const MAX_DECODINGS = 4;
const MAX_CUTS = 8;
/** Dots of a last segment at which a format suffix could begin. */
const MAX_SUFFIXES = 64;

/** Every router interprets letters, digits, `_`, `-` and `~` in the same way. */
const PLAIN_SEGMENT = /^[\w~-]+$/;

/**
 * Parses the path of a request target, without its query. Null for a path that servers interpret differently
 * regardless of their routes: with a fragment, dot segments, empty segments, an encoded separator or control character
 * (encoded any number of times), or bytes that are not UTF-8.
 */
export function parseRequestPath(target: string, matching: PathMatching): RequestPath | null {
  if (target.includes("#")) return null;
  const query = target.indexOf("?");
  const path = query === -1 ? target : target.slice(0, query);
  if (path.length > MAX_PATH_LENGTH) return null;
  if (!path.startsWith("/")) return null;
  const trailingSlash = path.endsWith("/");
  const parts = path === "/" ? [] : path.slice(1, trailingSlash ? -1 : undefined).split("/");
  const segments: PathSegment[] = [];
  const truncated: RequestPath[] = [];
  for (let index = 0; index < parts.length; index++) {
    const segment = parseSegment(parts[index] ?? "", matching, index === parts.length - 1);
    if (segment === null) return null;
    segments.push(segment);
    if (segment.truncated === undefined) continue;
    if (truncated.length === MAX_CUTS) return null;
    truncated.push({
      segments: [...segments.slice(0, -1), segment.truncated],
      trailingSlash: false,
      truncated: [],
    });
  }
  return { segments, trailingSlash, truncated };
}

function parseSegment(part: string, matching: PathMatching, isLast: boolean): PathSegment | null {
  if (PLAIN_SEGMENT.test(part)) {
    const text = matching === "exact" ? part : part.toLowerCase();
    return { raw: part, interpretations: [{ text, suffixRemoved: false }] };
  }
  const decoded = decodeAll(part);
  if (decoded === null) return null;
  const folded = foldText(decoded);
  // Includes compatibility forms: some servers convert U+FF0F to a slash.
  if (/[/\\\p{Cc}]/u.test(folded) || /[\p{Cc}\p{Cs}]/u.test(decoded)) return null;
  if (trimmed(folded) === "" || trimmed(withoutParameters(folded)) === "") return null;
  const raw = normalizeEscapes(part);
  if (matching === "exact") return { raw, interpretations: [{ text: decoded, suffixRemoved: false }] };
  const interpretations = interpretationsOf(folded, isLast);
  if (interpretations === null) return null;
  const truncated = withoutParameters(folded);
  if (isLast || truncated === folded) return { raw, interpretations };
  const truncatedInterpretations = interpretationsOf(truncated, true);
  return (
    truncatedInterpretations && {
      raw,
      interpretations,
      truncated: { raw: "", interpretations: truncatedInterpretations },
    }
  );
}

/** The possible interpretations of a folded segment; null if too many suffixes are possible. */
function interpretationsOf(folded: string, isLast: boolean): Interpretation[] | null {
  const found = new Map<string, boolean>();
  const bases = [trimmed(folded), trimmed(withoutParameters(folded))];
  for (const base of bases) found.set(base, false);
  if (isLast) {
    let dots = 0;
    for (let at = folded.indexOf("."); at !== -1; at = folded.indexOf(".", at + 1)) {
      if (++dots > MAX_SUFFIXES) return null;
      const stem = trimmed(withoutParameters(folded.slice(0, at)));
      if (stem !== "" && !found.has(stem)) found.set(stem, true);
    }
  }
  return [...found].map(([text, suffixRemoved]) => ({ text, suffixRemoved }));
}

/** The same for a literal segment of a template, where only a format such as `.json` is a suffix, not the end of `v1.0`. */
export function literalInterpretations(
  literal: string,
  matching: PathMatching,
  isLast: boolean,
): Interpretation[] {
  const decoded = decodeUri(literal) ?? literal;
  if (matching === "exact") return [{ text: decoded, suffixRemoved: false }];
  const folded = foldText(decoded);
  const interpretations = [...new Set([trimmed(folded), trimmed(withoutParameters(folded))])].map((text) => ({
    text,
    suffixRemoved: false,
  }));
  const format = isLast ? /^(.+)\.[a-z][a-z0-9]{0,9}$/.exec(folded)?.[1] : undefined;
  return format === undefined ? interpretations : [...interpretations, { text: format, suffixRemoved: true }];
}

/** A part of a template in the form of `Interpretation.text`. */
export function foldLiteral(literal: string, matching: PathMatching): string {
  const decoded = decodeUri(literal) ?? literal;
  return matching === "exact" ? decoded : foldText(decoded);
}

/** Escapes in upper case; characters that a request target can't contain are escaped, because templates often have them. */
export function normalizeEscapes(segment: string): string {
  return segment
    .toWellFormed()
    .replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase())
    .replace(/[^\w~.!$&'()*+,;=:@%-]/gu, encodeURIComponent);
}

/** Decodes until nothing changes. Null for bytes that are not UTF-8, and for too many layers of escapes. */
function decodeAll(part: string): string | null {
  if (!part.includes("%")) return part;
  try {
    let text = decodeURIComponent(part);
    for (let round = 1; round <= MAX_DECODINGS; round++) {
      const next = text.replace(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
      if (next === text) return text;
      text = next;
    }
  } catch {
    // Not UTF-8: routers interpret it differently.
  }
  return null;
}

/** The text without differences of case, marks, invisible characters and compatibility forms. */
function foldText(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
    .toUpperCase()
    .toLowerCase();
}

/** Without matrix parameters (Java), and without the part that some proxies cut off at a decoded `?` or `#`. */
function withoutParameters(folded: string): string {
  const at = folded.search(/[;?#]/);
  return at === -1 ? folded : folded.slice(0, at);
}

/** Without leading spaces, and trailing spaces and dots, which Windows ignores. Some decode a plus as a space. */
function trimmed(folded: string): string {
  // Looks behind, because an inner run must not be tried from each of its characters.
  return folded.replace(/(?<![\s.+])[\s.+]+$/, "").replace(/^[\s+]+/, "");
}
