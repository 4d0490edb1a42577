import findMyWay from "find-my-way";

/** An operation as the catalogue has it: where it answers, if that is known. */
export interface OperationPlace {
  name: string;
  method: string | null;
  /** A path template of OpenAPI: `/badges/{badgeId}`. */
  path: string | null;
}

/** The operation that answers a request; null for none, and for a path that can be read in more than one way. */
export type FindOperation = (method: string, path: string) => string | null;

/** A longer path than any real one is no operation's: templates with several names a segment are slow on it. */
const PATH_MOST = 2_048;

/**
 * Finds operations by method and path: a literal segment wins over a template's, and of two templates that say
 * the same the first. A path is found with and without the base path of `baseUrl`; HEAD falls back to GET.
 */
export function compileOperations(
  operations: readonly OperationPlace[],
  baseUrl: string | null,
): FindOperation {
  // Few APIs are asked about by path: the tree is made for the first who does.
  let find: FindOperation | undefined;
  return (method, path) => {
    find ??= buildTree(operations, URL.parse(baseUrl ?? "")?.pathname.replace(/\/+$/, "") ?? "");
    return find(method, path);
  };
}

function buildTree(operations: readonly OperationPlace[], basePath: string): FindOperation {
  const router = findMyWay({ maxParamLength: PATH_MOST });
  // Whole paths first: where a path below the base reads like another's whole one, the whole one is meant.
  for (const prefix of basePath === "" ? [""] : [basePath, ""]) {
    for (const { name, method, path } of operations) {
      if (method !== null && path !== null) addPlace(router, method, prefix + path, name);
    }
  }
  return (method, path) => {
    const plain = plainPath(path);
    if (plain === null) return null;
    const asked = method.toUpperCase();
    return findName(router, asked, plain) ?? (asked === "HEAD" ? findName(router, "GET", plain) : null);
  };
}

type Router = ReturnType<typeof findMyWay>;

function addPlace(router: Router, method: string, template: string, name: string): void {
  try {
    router.on(method.toUpperCase() as "GET", routeOf(template), () => {}, name);
  } catch {
    // There already, or nothing that a router can take: then it is not found by its path.
  }
}

function findName(router: Router, method: string, path: string): string | null {
  const found = router.find(method as "GET", path);
  if (typeof found?.store !== "string") return null;
  // A template's name stands for something: `/badges/` is not `/badges/{badgeId}`.
  return Object.values(found.params).includes("") ? null : found.store;
}

/** The template as the router writes it. A name stands for one whole segment, or for a part of one. */
function routeOf(template: string): string {
  if (template.includes("*")) throw new RangeError("a star would match everything");
  let count = 0;
  const segments = template.split("/").map((segment) => {
    if (/^\{[^{}]+\}$/.test(segment)) return `:p${count++}`;
    const parts = segment.split(/\{[^{}]+\}/);
    return parts
      .map((literal) => literal.replaceAll(":", "::"))
      .reduce((route, literal, at) => {
        const until = at === parts.length - 1 ? null : (parts[at] ?? "");
        return `${route}:p${count++}(^${someOf(until)})${literal}`;
      });
  });
  return segments.join("/");
}

/**
 * What a name stands for in a part of a segment: as little as it can, up to the literal behind it. Read in one
 * way only: a long path that nearly fits must not be tried in every way of cutting it up.
 */
function someOf(until: string | null): string {
  if (until === null) return "[^/]+?";
  if (until === "") return "[^/]";
  // The router writes a literal's percent signs as the path has them: escaped.
  const literal = until.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("%", "%25");
  return `[^/](?:(?!${literal})[^/])*`;
}

const DOT_SEGMENT = /(^|\/)\.{1,2}(\/|$)/;

/**
 * The path without query; null for one that a service might read in another way than we do: dot segments,
 * also hidden behind escapes, empty segments, slashes that are escaped, backslashes, broken escapes.
 */
function plainPath(path: string): string | null {
  const plain = path.replace(/[?#].*$/s, "");
  if (!plain.startsWith("/") || plain.length > PATH_MOST || /[\\\p{Cc}]|\/\/|%2f/iu.test(plain)) return null;
  try {
    const decoded = decodeURIComponent(plain);
    return /[\\\p{Cc}]/u.test(decoded) || DOT_SEGMENT.test(decoded) ? null : plain;
  } catch {
    return null;
  }
}
