import {
  foldLiteral,
  normalizeEscapes,
  type PathMatching,
  type PathSegment,
  type Reading,
  type RequestPath,
  readingsOfLiteral,
} from "./request-path.ts";

/** How a segment of a template fits one of a path, from weak to strong. */
const RANK = { name: 1, mixed: 2, literalWithoutSuffix: 3, literal: 4 } as const;

/** A template's end: the operation that answers there. */
export interface TemplateEnd {
  name: string;
  /** Indexes of the base paths below which it answers. */
  bases: ReadonlySet<number>;
  /** Whether the template ends in a slash; null where both are meant. */
  trailingSlash: boolean | null;
  /** False for an operation that a path alone does not identify: `/list?kind=new`. */
  identified: boolean;
}

/** A template that a common router could take a path for. */
export interface Candidate {
  end: TemplateEnd;
  /** Of each segment, then of the method. */
  ranks: readonly number[];
  /** Whether the path fits as it is written. */
  exact: boolean;
  /** Whether it fits every way of reading the path; a format that the template names itself is not cut off. */
  always: boolean;
  /** Whether only one of both ends in a slash. */
  otherSlash: boolean;
}

/** How far the segments up to here fit. */
type Fit = Pick<Candidate, "exact" | "always">;
const WHOLLY: Fit = { exact: true, always: true };

/** Literals around names: `{from}-{to}.json` is `["", "-", ".json"]`. */
interface Mixed {
  raw: string[];
  folded: string[];
}

interface Literal {
  raw: string;
  readings: { text: string; suffixCut: boolean }[];
}

/** A segment of a template: a literal, one whole name, or a mix of both. */
export type TemplateSegment = { literal: Literal } | { mixed: Mixed } | "name";

interface Node {
  /** By each normalized form of the literal. */
  literals: Map<string, { raw: string; suffixCut: boolean; node: Node }[]>;
  mixed: { segment: Mixed; node: Node }[];
  name: Node | null;
  ends: Map<string, TemplateEnd[]>;
}

const newNode = (): Node => ({ literals: new Map(), mixed: [], name: null, ends: new Map() });

/** The segments of a path template; null if no path can match it. */
export function parseTemplate(path: string, matching: PathMatching): TemplateSegment[] | null {
  if (!path.startsWith("/") || /[*\\\p{Cc}]/u.test(path)) return null;
  const parts = path.replace(/\/$/, "").split("/").slice(1);
  if (parts.some((part) => /^(\.{0,2})$/.test(part) || /[{}]/.test(part.replace(/\{[^{}]+\}/g, ""))))
    return null;
  return parts.map((part, index) => parseSegment(part, matching, index === parts.length - 1));
}

function parseSegment(part: string, matching: PathMatching, isLast: boolean): TemplateSegment {
  if (/^\{[^{}]+\}$/.test(part)) return "name";
  const literals = part.split(/\{[^{}]+\}/);
  if (literals.length === 1) {
    return { literal: { raw: normalizeEscapes(part), readings: readingsOfLiteral(part, matching, isLast) } };
  }
  const folded = literals.map((literal) => foldLiteral(literal, matching));
  return { mixed: { raw: literals.map(normalizeEscapes), folded } };
}

/** Path templates, and a look-up of all that a path could be taken for. */
export class TemplateTree {
  readonly #root = newNode();
  readonly #bases: readonly (readonly TemplateSegment[])[];

  /** `bases`: templates of the paths that may stand before every other. */
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

  /** Every operation that a common router could take the path for. `methods`: the strongest first. */
  candidates(path: RequestPath, methods: readonly string[]): Candidate[] {
    const found: Candidate[] = [];
    const depth = path.segments.length;
    for (let base = 0; base < this.#bases.length; base++) {
      const segments = this.#bases[base] ?? [];
      const ranks = new Array<number>(depth).fill(0);
      const fit = fitBase(segments, path.segments, ranks);
      if (fit === null) continue;
      walk(this.#root, { path, methods, base, ranks, found }, segments.length, fit);
    }
    return found;
  }
}

function childFor(node: Node, segment: TemplateSegment): Node {
  if (segment === "name") {
    node.name ??= newNode();
    return node.name;
  }
  if ("mixed" in segment) {
    const same = node.mixed.find(({ segment: { raw } }) => raw.join("{}") === segment.mixed.raw.join("{}"));
    if (same) return same.node;
    const child = { segment: segment.mixed, node: newNode() };
    node.mixed.push(child);
    return child.node;
  }
  const { raw, readings } = segment.literal;
  const known = readings
    .flatMap(({ text }) => node.literals.get(text) ?? [])
    .find((child) => child.raw === raw);
  const child = known?.node ?? newNode();
  for (const { text, suffixCut } of readings) {
    const children = node.literals.get(text) ?? [];
    if (!children.some((other) => other.raw === raw)) children.push({ raw, suffixCut, node: child });
    node.literals.set(text, children);
  }
  return child;
}

interface Walk {
  path: RequestPath;
  methods: readonly string[];
  base: number;
  ranks: number[];
  found: Candidate[];
}

function walk(node: Node, on: Walk, at: number, fit: Fit): void {
  const segment = on.path.segments[at];
  if (segment === undefined) {
    collect(node, on, fit);
    return;
  }
  if (node.literals.size > 0) {
    for (const reading of segment.readings) {
      const children = node.literals.get(reading.text);
      if (children === undefined) continue;
      for (const { raw, suffixCut, node: child } of children) {
        const isSame = raw === segment.raw;
        on.ranks[at] = literalRank(isSame, suffixCut || reading.suffixCut);
        const isAlways = segment.readings.length === 1 || !segment.readings.some(isOtherThan(reading));
        walk(child, on, at + 1, isSame && isAlways ? fit : both(fit, { exact: isSame, always: isAlways }));
      }
    }
  }
  for (const { segment: mixed, node: child } of node.mixed) {
    const mixes = mixedFit(mixed, segment);
    if (mixes === null) continue;
    on.ranks[at] = RANK.mixed;
    walk(child, on, at + 1, both(fit, mixes));
  }
  if (node.name !== null) {
    on.ranks[at] = RANK.name;
    walk(node.name, on, at + 1, fit);
  }
}

function both(fit: Fit, other: Fit): Fit {
  return { exact: fit.exact && other.exact, always: fit.always && other.always };
}

const isOtherThan = (one: Reading) => (other: Reading) => other !== one && !other.suffixCut;

function collect(node: Node, { path, methods, base, ranks, found }: Walk, fit: Fit): void {
  for (let index = 0; index < methods.length; index++) {
    const ends = node.ends.get(methods[index] ?? "");
    if (ends === undefined) continue;
    for (const end of ends) {
      if (!end.bases.has(base)) continue;
      const otherSlash = end.trailingSlash !== null && end.trailingSlash !== path.trailingSlash;
      found.push({
        end,
        ranks: [...ranks, methods.length - index],
        exact: fit.exact && !otherSlash && end.identified,
        always: fit.always,
        otherSlash,
      });
    }
  }
}

function literalRank(isSame: boolean, suffixCut: boolean): number {
  return suffixCut && !isSame ? RANK.literalWithoutSuffix : RANK.literal;
}

function mixedFit(mixed: Mixed, { raw, readings }: PathSegment): Fit | null {
  const exact = fits(mixed.raw, raw, 1);
  const fitting = readings.filter(({ text }) => fits(mixed.folded, text, 0));
  if (!exact && fitting.length === 0) return null;
  // Rails lets no name have a dot, and takes what is behind one for a format.
  const dotted = dotsIn(readings[0]?.text ?? "") > dotsIn(mixed.folded.join(""));
  return {
    exact,
    // A reading that leaves a name empty, such as `a-` of `a-;x`, is another path to the router that reads it so.
    always: !dotted && readings.every(({ text, suffixCut }) => suffixCut || fits(mixed.folded, text, 1)),
  };
}

const dotsIn = (text: string) => text.split(".").length;

/** Writes the ranks of a base path's segments. Null where the path does not begin with them. */
function fitBase(
  template: readonly TemplateSegment[],
  path: readonly PathSegment[],
  ranks: number[],
): Fit | null {
  if (template.length > path.length) return null;
  let fit = WHOLLY;
  for (let at = 0; at < template.length; at++) {
    const [segment, part] = [template[at], path[at]];
    if (segment === undefined || part === undefined) return null;
    if (segment === "name") ranks[at] = RANK.name;
    else if ("mixed" in segment) {
      const mixes = mixedFit(segment.mixed, part);
      if (mixes === null) return null;
      fit = both(fit, mixes);
      ranks[at] = RANK.mixed;
    } else {
      const { raw, readings } = segment.literal;
      ranks[at] = RANK.literal;
      if (raw === part.raw) continue;
      if (!readings.some(({ text }) => part.readings.some((reading) => reading.text === text))) return null;
      fit = { exact: false, always: false };
    }
  }
  return fit;
}

/**
 * Whether the text is these literals in their order, with at least `nameLength` characters for each name between
 * them: a name whose characters were all folded away is still one.
 */
function fits(literals: readonly string[], text: string, nameLength: 0 | 1): boolean {
  const [first = "", ...rest] = literals;
  const last = rest.pop() ?? "";
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const literal of rest) {
    const found = text.indexOf(literal, at + nameLength);
    if (found === -1) return false;
    at = found + literal.length;
  }
  return at + nameLength <= end;
}
