/** How an API's router reads a path: like the routers in common use, or only as the path is written. */
export type PathMatching = "safe" | "exact";

/** How well a reading keeps what was sent. A format suffix that was cut off makes it weaker. */
export interface Reading {
  /** Decoded and folded: what routers that ignore case, marks and invisible characters compare. */
  text: string;
  suffixCut: boolean;
}

/** One segment of a path, and everything that a common router could take it for. */
export interface PathSegment {
  /** As it was sent, with escapes in one spelling. */
  raw: string;
  readings: readonly Reading[];
  /** Before the last segment, where it has a `;`, `?` or `#`: what is before that, as a last segment. */
  cut?: PathSegment;
}

export interface RequestPath {
  segments: readonly PathSegment[];
  trailingSlash: boolean;
  /** The same path up to a `;`, `?` or `#` in one of its segments, which some routers take for the path's end. */
  cutShort: readonly RequestPath[];
}

/** Characters. Longer than real paths are. */
const MAX_PATH_LENGTH = 2_048;
/** Some proxies and frameworks decode once more than the one before them. */
const MAX_DECODINGS = 4;
const MAX_CUTS = 8;
/** Dots of a last segment at which a format suffix could begin. */
const MAX_SUFFIXES = 64;

/** Letters, digits, `_`, `-` and `~` mean the same to every router. */
const PLAIN_SEGMENT = /^[\w~-]+$/;

/**
 * Reads the path of a request target, without its query. Null for a path that servers read in different ways,
 * whatever their routes: with a fragment, dot segments, empty segments, an encoded separator or control character
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
  const cutShort: RequestPath[] = [];
  for (let index = 0; index < parts.length; index++) {
    const segment = parseSegment(parts[index] ?? "", matching, index === parts.length - 1);
    if (segment === null) return null;
    segments.push(segment);
    if (segment.cut === undefined) continue;
    if (cutShort.length === MAX_CUTS) return null;
    cutShort.push({ segments: [...segments.slice(0, -1), segment.cut], trailingSlash: false, cutShort: [] });
  }
  return { segments, trailingSlash, cutShort };
}

function parseSegment(part: string, matching: PathMatching, isLast: boolean): PathSegment | null {
  if (PLAIN_SEGMENT.test(part)) {
    const text = matching === "exact" ? part : part.toLowerCase();
    return { raw: part, readings: [{ text, suffixCut: false }] };
  }
  const decoded = decodeAll(part);
  if (decoded === null) return null;
  const folded = foldText(decoded);
  // Compatibility forms count: some servers turn U+FF0F into a slash.
  if (/[/\\\p{Cc}]/u.test(folded) || /[\p{Cc}\p{Cs}]/u.test(decoded)) return null;
  if (trimmed(folded) === "" || trimmed(withoutParameters(folded)) === "") return null;
  const raw = normalizeEscapes(part);
  if (matching === "exact") return { raw, readings: [{ text: decoded, suffixCut: false }] };
  const readings = readingsOf(folded, isLast);
  if (readings === null) return null;
  const before = withoutParameters(folded);
  if (isLast || before === folded) return { raw, readings };
  const readingsBefore = readingsOf(before, true);
  return readingsBefore && { raw, readings, cut: { raw: "", readings: readingsBefore } };
}

/** What routers can take a folded segment for; null for one with too many possible suffixes. */
function readingsOf(folded: string, isLast: boolean): Reading[] | null {
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
  return [...found].map(([text, suffixCut]) => ({ text, suffixCut }));
}

/** The same for a literal segment of a template. Only what looks like a format is a suffix there: not `v1.0`. */
export function readingsOfLiteral(literal: string, matching: PathMatching, isLast: boolean): Reading[] {
  const decoded = decodeTemplate(literal);
  if (matching === "exact") return [{ text: decoded, suffixCut: false }];
  const folded = foldText(decoded);
  const readings = [...new Set([trimmed(folded), trimmed(withoutParameters(folded))])].map((text) => ({
    text,
    suffixCut: false,
  }));
  const format = isLast ? /^(.+)\.[a-z][a-z0-9]{0,9}$/.exec(folded)?.[1] : undefined;
  return format === undefined ? readings : [...readings, { text: format, suffixCut: true }];
}

/** A part of a template as `Reading.text` has it. */
export function foldLiteral(literal: string, matching: PathMatching): string {
  const decoded = decodeTemplate(literal);
  return matching === "exact" ? decoded : foldText(decoded);
}

/** Escapes in upper case, and escaped what a request target can't carry: templates are often written without. */
export function normalizeEscapes(segment: string): string {
  return segment
    .toWellFormed()
    .replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase())
    .replace(/[^\w~.!$&'()*+,;=:@%-]/gu, encodeURIComponent);
}

function decodeTemplate(literal: string): string {
  try {
    return decodeURIComponent(literal);
  } catch {
    return literal;
  }
}

/** Decoded until nothing is left to decode; null for bytes that are not UTF-8, and for too many layers. */
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
    // Neither a router's nor ours to guess.
  }
  return null;
}

/** Case, marks, invisible characters and compatibility forms ignored. */
function foldText(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
    .toUpperCase()
    .toLowerCase();
}

/** Without matrix parameters (Java), and what a decoded `?` or `#` cuts off behind some proxies. */
function withoutParameters(folded: string): string {
  const at = folded.search(/[;?#]/);
  return at === -1 ? folded : folded.slice(0, at);
}

/** Without the spaces and dots that Windows drops at an end; a plus is a space to some. */
function trimmed(folded: string): string {
  return folded.replace(/^[\s+]+|[\s.+]+$/g, "");
}
