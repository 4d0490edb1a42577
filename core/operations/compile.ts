import { type PathMatching, parseRequestPath } from "./request-path.ts";
import {
  parseTemplate,
  type TemplateCandidate,
  type TemplateSegment,
  TemplateTree,
} from "./template-tree.ts";

/** An operation of an API, with its method and path if they are known. */
export interface OperationTemplate {
  name: string;
  /** Null for any method. */
  method: string | null;
  /** A path template of OpenAPI: `/badges/{badgeId}`. */
  path: string | null;
  /** Base paths of the operation's own `servers`; null for those of the API. */
  basePaths: readonly string[] | null;
}

export interface OperationMatching {
  /** Path templates of the API's servers: `/v1`, `/api/{version}`. */
  basePaths: readonly string[];
  pathMatching: PathMatching;
}

/** The operation that a request calls; null if there is none, or if the path could be more than one. */
export type FindOperation = (method: string, path: string) => string | null;

/** Of all operations of an API together. */
const MAX_BASE_PATHS = 100;
const ANY_METHOD = "*";

/**
 * Finds operations by method and path, with and without a base path of their servers. A literal segment takes
 * precedence over a parameter in braces, and HEAD falls back to GET. With `pathMatching: "safe"`, a path that a
 * common router could map to another operation matches none; `"exact"` relies on the API's router to distinguish
 * case, matrix parameters, trailing characters and format suffixes.
 */
export function compileOperations(
  operations: readonly OperationTemplate[],
  matching: OperationMatching,
): FindOperation {
  // Few APIs get requests with paths: the tree is built for the first one.
  let tree: TemplateTree | undefined;
  return (method, target) => {
    const path = parseRequestPath(target, matching.pathMatching);
    if (path === null) return null;
    tree ??= buildTree(operations, matching);
    const upperMethod = method.toUpperCase();
    const methods = upperMethod === "HEAD" ? ["HEAD", "GET", ANY_METHOD] : [upperMethod, ANY_METHOD];
    const name = choose(tree.candidates(path, methods), matching.pathMatching);
    if (name === null || path.truncated.length === 0) return name;
    const others = path.truncated.flatMap((cut) => tree?.candidates(cut, methods) ?? []);
    return others.every(({ end }) => end.name === name) ? name : null;
  };
}

/** The operation whose template matches the path exactly, unless a router could prefer another one. */
function choose(candidates: readonly TemplateCandidate[], pathMatching: PathMatching): string | null {
  let best: TemplateCandidate | null = null;
  for (const candidate of candidates) {
    if (candidate.exact && (best === null || isMoreSpecific(candidate, best))) best = candidate;
  }
  if (best === null) return null;
  for (const other of candidates) {
    if (other.end.name === best.end.name) continue;
    if (pathMatching === "exact" && (other.exact || other.slashDiffers)) continue;
    // A router that interprets the path differently may miss the best candidate and choose a less specific one.
    if (!best.unambiguous || !dominates(best, other)) return null;
  }
  return best.end.name;
}

/** Compares the first segment in which they differ. */
function isMoreSpecific({ ranks }: TemplateCandidate, than: TemplateCandidate): boolean {
  const at = ranks.findIndex((rank, index) => rank !== than.ranks[index]);
  return at !== -1 && (ranks[at] ?? 0) > (than.ranks[at] ?? 0);
}

/** Whether every router that prefers literals to parameters chooses this one, in any order of its routes. */
function dominates({ ranks }: TemplateCandidate, other: TemplateCandidate): boolean {
  let isMore = false;
  for (const [index, rank] of ranks.entries()) {
    const otherRank = other.ranks[index] ?? 0;
    if (rank < otherRank) return false;
    if (rank > otherRank) isMore = true;
  }
  return isMore;
}

function buildTree(operations: readonly OperationTemplate[], matching: OperationMatching): TemplateTree {
  const { pathMatching } = matching;
  // The first is empty: some services send the path below their mount point.
  const bases: TemplateSegment[][] = [[]];
  const indexes = new Map<string, number | null>([["", 0]]);
  const indexOf = (basePath: string): number | null => {
    const key = basePath.replace(/\/+$/, "");
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const segments = bases.length > MAX_BASE_PATHS ? null : parseTemplate(key, pathMatching);
    const index = segments === null ? null : bases.push(segments) - 1;
    indexes.set(key, index);
    return index;
  };
  const basesOf = (basePaths: readonly string[]) =>
    new Set([0, ...basePaths.map(indexOf).filter((index) => index !== null)]);
  const shared = basesOf(matching.basePaths);
  const tree = new TemplateTree(bases);
  for (const { name, method, path, basePaths } of operations) {
    if (path === null) continue;
    const [template = ""] = path.split(/[?#]/);
    const segments = parseTemplate(template, pathMatching);
    if (segments === null) continue;
    tree.add(segments, method?.toUpperCase() ?? ANY_METHOD, {
      name,
      bases: basePaths === null ? shared : basesOf(basePaths),
      trailingSlash: template === "/" ? null : template.endsWith("/"),
      identified: template === path,
    });
  }
  return tree;
}
