import {
  foldLiteral,
  type Interpretation,
  literalInterpretations,
  normalizeEscapes,
  type PathMatching,
  type PathSegment,
  type RequestPath,
} from "./request-path.ts";

/** How a template's segment matches a path's, from least to most specific. */
const RANK = { parameter: 1, mixed: 2, literalWithoutSuffix: 3, literal: 4 } as const;

/** The end of a template: the operation with this path. */
export interface TemplateEnd {
  name: string;
  /** Indexes of the base paths below which it is served. */
  bases: ReadonlySet<number>;
  /** Whether the template ends in a slash; null if it matches with and without one. */
  trailingSlash: boolean | null;
  /** False if the path alone does not identify the operation: `/list?kind=new`. */
  identified: boolean;
}

/** A template that a common router could match with a path. */
export interface TemplateCandidate {
  end: TemplateEnd;
  /** The rank of each segment, then of the method. */
  ranks: readonly number[];
  /** Whether the path matches exactly as it was sent. */
  exact: boolean;
  /** Whether every interpretation of the path matches. A format suffix in the template is not removed. */
  unambiguous: boolean;
  /** Whether only one of path and template ends in a slash. */
  slashDiffers: boolean;
}

/** How well the segments up to here match. */
type Match = Pick<TemplateCandidate, "exact" | "unambiguous">;
const FULL_MATCH: Match = { exact: true, unambiguous: true };

/** Literals around parameters: `{from}-{to}.json` is `["", "-", ".json"]`. */
interface Mixed {
  raw: string[];
  folded: string[];
}

interface Literal {
  raw: string;
  interpretations: { text: string; suffixRemoved: boolean }[];
}

/** A segment of a template: a literal, a parameter, or a mix of both. */
export type TemplateSegment = { literal: Literal } | { mixed: Mixed } | "parameter";

interface Node {
  /** Children by each interpretation of their literal. */
  literals: Map<string, { raw: string; suffixRemoved: boolean; node: Node }[]>;
  mixed: { segment: Mixed; node: Node }[];
  parameter: Node | null;
  ends: Map<string, TemplateEnd[]>;
}

const newNode = (): Node => ({ literals: new Map(), mixed: [], parameter: null, ends: new Map() });

/** The segments of a path template; null if no path can match it. */
export function parseTemplate(path: string, matching: PathMatching): TemplateSegment[] | null {
  if (!path.startsWith("/") || /[*\\\p{Cc}]/u.test(path)) return null;
  const parts = path.replace(/\/$/, "").split("/").slice(1);
  if (parts.some((part) => /^(\.{0,2})$/.test(part) || /[{}]/.test(part.replace(/\{[^{}]+\}/g, ""))))
    return null;
  return parts.map((part, index) => parseSegment(part, matching, index === parts.length - 1));
}

function parseSegment(part: string, matching: PathMatching, isLast: boolean): TemplateSegment {
  if (/^\{[^{}]+\}$/.test(part)) return "parameter";
  const literals = part.split(/\{[^{}]+\}/);
  if (literals.length === 1) {
    return {
      literal: {
        raw: normalizeEscapes(part),
        interpretations: literalInterpretations(part, matching, isLast),
      },
    };
  }
  const folded = literals.map((literal) => foldLiteral(literal, matching));
  return { mixed: { raw: literals.map(normalizeEscapes), folded } };
}

/** Path templates, and a look-up of all that a path could match. */
export class TemplateTree {
  readonly #root = newNode();
  readonly #bases: readonly (readonly TemplateSegment[])[];

  /** `bases`: templates of the base paths. */
  constructor(bases: readonly (readonly TemplateSegment[])[]) {
    this.#bases = bases;
  }

  add(segments: readonly TemplateSegment[], method: string, end: TemplateEnd): void {
    let node = this.#root;
    for (const segment of segments) node = childFor(node, segment);
    const ends = node.ends.get(method);
    if (ends) ends.push(end);
    else node.ends.set(method, [end]);
  }

  /** Every operation that a common router could choose for the path. `methods`: the most specific first. */
  candidates(path: RequestPath, methods: readonly string[]): TemplateCandidate[] {
    const found: TemplateCandidate[] = [];
    const depth = path.segments.length;
    for (let base = 0; base < this.#bases.length; base++) {
      const segments = this.#bases[base] ?? [];
      const ranks = new Array<number>(depth).fill(0);
      const match = matchBase(segments, path.segments, ranks);
      if (match === null) continue;
      walk(this.#root, { path, methods, base, ranks, found }, segments.length, match);
    }
    return found;
  }
}

function childFor(node: Node, segment: TemplateSegment): Node {
  if (segment === "parameter") {
    node.parameter ??= newNode();
    return node.parameter;
  }
  if ("mixed" in segment) {
    const same = node.mixed.find(({ segment: { raw } }) => raw.join("{}") === segment.mixed.raw.join("{}"));
    if (same) return same.node;
    const child = { segment: segment.mixed, node: newNode() };
    node.mixed.push(child);
    return child.node;
  }
  const { raw, interpretations } = segment.literal;
  const known = interpretations
    .flatMap(({ text }) => node.literals.get(text) ?? [])
    .find((child) => child.raw === raw);
  const child = known?.node ?? newNode();
  for (const { text, suffixRemoved } of interpretations) {
    const children = node.literals.get(text) ?? [];
    if (!children.some((other) => other.raw === raw)) children.push({ raw, suffixRemoved, node: child });
    node.literals.set(text, children);
  }
  return child;
}

interface Walk {
  path: RequestPath;
  methods: readonly string[];
  base: number;
  ranks: number[];
  found: TemplateCandidate[];
}

function walk(node: Node, on: Walk, at: number, match: Match): void {
  const segment = on.path.segments[at];
  if (segment === undefined) {
    collect(node, on, match);
    return;
  }
  if (node.literals.size > 0) {
    for (const interpretation of segment.interpretations) {
      const children = node.literals.get(interpretation.text);
      if (children === undefined) continue;
      for (const { raw, suffixRemoved, node: child } of children) {
        const isSame = raw === segment.raw;
        on.ranks[at] = literalRank(isSame, suffixRemoved || interpretation.suffixRemoved);
        const isUnambiguous =
          segment.interpretations.length === 1 || !segment.interpretations.some(differsFrom(interpretation));
        walk(
          child,
          on,
          at + 1,
          isSame && isUnambiguous ? match : combine(match, { exact: isSame, unambiguous: isUnambiguous }),
        );
      }
    }
  }
  for (const { segment: mixed, node: child } of node.mixed) {
    const mixedMatch = matchMixed(mixed, segment);
    if (mixedMatch === null) continue;
    on.ranks[at] = RANK.mixed;
    walk(child, on, at + 1, combine(match, mixedMatch));
  }
  if (node.parameter !== null) {
    on.ranks[at] = RANK.parameter;
    walk(node.parameter, on, at + 1, match);
  }
}

function combine(match: Match, other: Match): Match {
  return { exact: match.exact && other.exact, unambiguous: match.unambiguous && other.unambiguous };
}

const differsFrom = (one: Interpretation) => (other: Interpretation) => other !== one && !other.suffixRemoved;

function collect(node: Node, { path, methods, base, ranks, found }: Walk, match: Match): void {
  for (let index = 0; index < methods.length; index++) {
    const ends = node.ends.get(methods[index] ?? "");
    if (ends === undefined) continue;
    for (const end of ends) {
      if (!end.bases.has(base)) continue;
      const slashDiffers = end.trailingSlash !== null && end.trailingSlash !== path.trailingSlash;
      found.push({
        end,
        ranks: [...ranks, methods.length - index],
        exact: match.exact && !slashDiffers && end.identified,
        unambiguous: match.unambiguous,
        slashDiffers,
      });
    }
  }
}

function literalRank(isSame: boolean, suffixRemoved: boolean): number {
  return suffixRemoved && !isSame ? RANK.literalWithoutSuffix : RANK.literal;
}

function matchMixed(mixed: Mixed, { raw, interpretations }: PathSegment): Match | null {
  const exact = matches(mixed.raw, raw, 1);
  const matching = interpretations.filter(({ text }) => matches(mixed.folded, text, 0));
  if (!exact && matching.length === 0) return null;
  // In Rails, a parameter has no dot: the part after a dot is a format.
  const dotted = dotsIn(interpretations[0]?.text ?? "") > dotsIn(mixed.folded.join(""));
  return {
    exact,
    // An interpretation with an empty parameter, such as `a-` of `a-;x`, is another path for that router.
    unambiguous:
      !dotted &&
      interpretations.every(({ text, suffixRemoved }) => suffixRemoved || matches(mixed.folded, text, 1)),
  };
}

const dotsIn = (text: string) => text.split(".").length;

/** Sets the ranks of a base path's segments. Null if the path does not start with them. */
function matchBase(
  template: readonly TemplateSegment[],
  path: readonly PathSegment[],
  ranks: number[],
): Match | null {
  if (template.length > path.length) return null;
  let match = FULL_MATCH;
  for (let at = 0; at < template.length; at++) {
    const [segment, part] = [template[at], path[at]];
    if (segment === undefined || part === undefined) return null;
    if (segment === "parameter") ranks[at] = RANK.parameter;
    else if ("mixed" in segment) {
      const mixedMatch = matchMixed(segment.mixed, part);
      if (mixedMatch === null) return null;
      match = combine(match, mixedMatch);
      ranks[at] = RANK.mixed;
    } else {
      const { raw, interpretations } = segment.literal;
      ranks[at] = RANK.literal;
      if (raw === part.raw) continue;
      if (
        !interpretations.some(({ text }) =>
          part.interpretations.some((interpretation) => interpretation.text === text),
        )
      )
        return null;
      match = { exact: false, unambiguous: false };
    }
  }
  return match;
}

/**
 * Whether the text consists of these literals in order, with at least `parameterLength` characters for each parameter
 * between them. 0 allows parameters whose characters were all removed by folding.
 */
function matches(literals: readonly string[], text: string, parameterLength: 0 | 1): boolean {
  const [first = "", ...rest] = literals;
  const last = rest.pop() ?? "";
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const literal of rest) {
    const found = text.indexOf(literal, at + parameterLength);
    if (found === -1) return false;
    at = found + literal.length;
  }
  return at + parameterLength <= end;
}
