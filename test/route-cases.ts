import type { Route } from "#server/api/route.ts";
import { API_ROUTES } from "#server/api/routes/index.ts";
import { apiOf } from "./api.ts";
import { EXAMPLES } from "./api-examples.ts";
import type { Example } from "./example.ts";
import type { ProjectFixture, TestCaller } from "./project-fixture.ts";

export const nameOf = (route: Route) => `${route.method} ${route.path}`;

/** The example's request, to be sent by any caller. */
export async function exampleCall(
  fixture: ProjectFixture,
  route: Route,
  example: Example,
  headers?: Record<string, string>,
) {
  const params: Record<string, string> = {
    projectId: fixture.projectId,
    ...(await example.prepare?.(fixture)),
  };
  const path = route.path
    .slice("/api/v1".length)
    .replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);
  const body = example.body?.(fixture);
  const options = { ...(body === undefined ? {} : { body }), ...(headers && { headers }) };
  return {
    by: (caller: TestCaller) => fixture.call[caller](route.method, path + (example.query ?? ""), options),
    with: (token: string) => apiOf(fixture.db)(token)(route.method, path + (example.query ?? ""), options),
  };
}

/** Every route with its example, for `test.each`. */
export const ALL_ROUTE_CASES = API_ROUTES.flatMap((route) => {
  const example = EXAMPLES[nameOf(route)];
  return example ? [{ name: nameOf(route), route, example }] : [];
});

/** The routes that a management token can use. */
export const ROUTE_CASES = ALL_ROUTE_CASES.filter(({ route }) => route.tokenScope !== "never");
