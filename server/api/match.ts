import type { Method } from "#platform/openapi/described-route.ts";
import type { Route } from "./route.ts";

export interface RouteMatch {
  route: Route;
  params: Record<string, string>;
}

/** The route of a request, or the methods that its path allows, or null if no route has that path. */
export function matchRoute(
  routes: Route[],
  method: Method,
  path: string,
): RouteMatch | { allow: Method[] } | null {
  const segments = decodeSegments(path);
  if (!segments) return null;
  const matches = routes.flatMap((route) => {
    const params = matchPath(route.path, segments);
    return params ? [{ route, params }] : [];
  });
  // Literal segments come before parameters: `/keys/try` before `/keys/{keyId}`.
  matches.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  const match = matches.find((candidate) => candidate.route.method === method);
  if (match) return match;
  return matches.length === 0 ? null : { allow: [...new Set(matches.map(({ route }) => route.method))] };
}

function matchPath(pattern: string, segments: string[]): Record<string, string> | null {
  const parts = pattern.split("/");
  if (parts.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = segments[i] ?? "";
    if (part.startsWith("{")) {
      if (segment === "") return null;
      params[part.slice(1, -1)] = segment;
    } else if (part !== segment) return null;
  }
  return params;
}

function decodeSegments(path: string): string[] | null {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}
