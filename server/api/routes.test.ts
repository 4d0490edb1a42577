import { expect, test } from "vitest";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { EXAMPLES } from "#test/api-examples.ts";
import { CALLERS, openProjectFixture } from "#test/project-fixture.ts";
import { ALL_ROUTE_CASES, exampleCall, nameOf, ROUTE_CASES } from "#test/route-cases.ts";
import { MAX_BODY_BYTES, maxBodyBytesOf } from "../body-limit.ts";
import { API_ROUTES } from "./routes/index.ts";

test("every route has an example here", () => {
  expect(API_ROUTES.map(nameOf).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

/** Without the id of the request. */
const withoutId = ({ requestId: _, ...problem }: Record<string, unknown>) => problem;

test.each(ROUTE_CASES)(
  "$name is for $example.least and above; its response matches its schema",
  async (it) => {
    const { route, example } = it;
    const fixture = await openProjectFixture();
    const { by: call } = await exampleCall(fixture, route, example);
    const least = CALLERS.indexOf(example.least);
    for (const caller of CALLERS.slice(0, least)) {
      const response = await call(caller);
      const inProject = route.path.startsWith("/api/v1/projects/{projectId}");
      const expected = inProject && caller === "stranger" ? 404 : 403;
      expect(response.status, `${caller}: ${response.text}`).toBe(expected);
      expect(Object.keys(response.json).sort()).toEqual(["detail", "requestId", "status", "title", "type"]);
    }
    // A stranger does not learn whether a project exists. The prepared records don't exist in the other project.
    if (route.path.includes("{projectId}")) {
      const elsewhere = { ...fixture, projectId: `${fixture.projectId}x` };
      const absent = await exampleCall(elsewhere, route, { ...example, prepare: async () => ({}) });
      const problem = withoutId((await absent.by("stranger")).json);
      expect(problem).toEqual(withoutId((await call("stranger")).json));
    }
    const answer = await call(example.least);
    expect(answer.status, answer.text).toBe(route.status);
    if (route.output) expect(route.output.parse(answer.json)).toEqual(answer.json);
    else if (route.files.length > 0) expect(route.files).toContain(typeOf(answer.headers));
    else expect(answer.text).toBe("");
  },
);

/** Routes that can create or rotate. Public routes do neither. */
const posts = ROUTE_CASES.filter(({ route }) => route.method === "POST" && route.security !== "none");

test.each(posts)("$name accepts Idempotency-Key: a repeated request gets the first response", async (it) => {
  expect(it.route.idempotent).toBe(true);
  const fixture = await openProjectFixture();
  const { by: call } = await exampleCall(fixture, it.route, it.example, { "Idempotency-Key": "once" });
  const first = await call(it.example.least);
  const again = await call(it.example.least);
  expect(first.status, first.text).toBe(it.route.status);
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});

const typeOf = (headers: Headers) => headers.get("content-type")?.split(";")[0];

test("the scope is checked before any lookup, so that a 403 does not reveal what exists", async () => {
  const fixture = await openProjectFixture();
  const call = apiOf(fixture.db)(await makeManagementToken(fixture.db, fixture.people.stranger.userId, []));
  for (const id of [fixture.projectId, "prj_none"]) {
    const { json } = await call("GET", `/projects/${id}`);
    expect(json).toMatchObject({
      status: 403,
      detail: "This management token does not have the scope projects:read.",
    });
  }
});

test("a route that only reads needs a read scope, and a route that writes needs a write scope", () => {
  const readsByPost = /\/(simulate|explain|dry-run)$/;
  for (const { route, name } of ALL_ROUTE_CASES) {
    const { method, path, tokenScope } = route;
    if (tokenScope === "any" || tokenScope === "never") continue;
    const reads = method === "GET" || readsByPost.test(path);
    expect(tokenScope, name).toMatch(reads ? /:read$/ : /:write$/);
  }
});

test("no route promises a larger body than the server reads, and only OpenAPI documents may be that large", () => {
  for (const { path, maxBodyBytes, input } of API_ROUTES) {
    expect(maxBodyBytes, path).toBeLessThanOrEqual(maxBodyBytesOf({ url: path }));
    if (maxBodyBytes > MAX_BODY_BYTES) expect(Object.keys(input.shape), path).toContain("openapi");
  }
});
