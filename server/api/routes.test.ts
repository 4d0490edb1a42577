import { expect, test } from "vitest";
import { MANAGEMENT_SCOPES, type ManagementScope, PROJECT_TOKEN_SCOPES } from "#core/scopes.ts";
import { apiOf, makeManagementToken, makeProjectToken } from "#test/api.ts";
import { EXAMPLES } from "#test/api-examples.ts";
import type { Example } from "#test/example.ts";
import { makeProject } from "#test/people.ts";
import { CALLERS, openProjectFixture, type ProjectFixture, type TestCaller } from "#test/project-fixture.ts";
import type { Route } from "./route.ts";
import { API_ROUTES } from "./routes/index.ts";

const nameOf = (route: Route) => `${route.method} ${route.path}`;

test("every route has an example here", () => {
  expect(API_ROUTES.map(nameOf).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

/** The example's request, to be sent by any caller. */
async function exampleCall(
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

const allCases = API_ROUTES.flatMap((route) => {
  const example = EXAMPLES[nameOf(route)];
  return example ? [{ name: nameOf(route), route, example }] : [];
});

/** Routes that a management token can use. */
const cases = allCases.filter(({ route }) => route.tokenScope !== "never");

/** Without the id of the request. */
const withoutId = ({ requestId: _, ...problem }: Record<string, unknown>) => problem;

test.each(cases)("$name is for $example.least and above; its response matches its schema", async (it) => {
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
});

/** Routes that can create or rotate. Public routes do neither. */
const posts = cases.filter(({ route }) => route.method === "POST" && route.security !== "none");

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

const scoped = allCases.filter(({ route }) => route.tokenScope !== "any");

test.each(scoped)(
  "$name accepts a token with only its scope, and rejects one with all others",
  async (it) => {
    const { route, example } = it;
    const fixture = await openProjectFixture();
    const call = await exampleCall(fixture, route, example);
    const { userId } = fixture.people[example.least];
    const tokenWith = (wanted: (scope: ManagementScope) => boolean) =>
      makeManagementToken(fixture.db, userId, MANAGEMENT_SCOPES.filter(wanted));
    const response = await call.with(await tokenWith((scope) => scope !== route.tokenScope));
    expect(response.status, response.text).toBe(403);
    if (route.tokenScope === "never") return;
    const answer = await call.with(await tokenWith((scope) => scope === route.tokenScope));
    expect(answer.status, answer.text).toBe(route.status);
  },
);

/** The routes outside a project that a project's token may call. All others need a user. */
const FOR_PROJECTS = [
  "GET /api/v1/projects",
  "GET /api/v1/apis",
  "GET /api/v1/apis/{api}/plans",
  "GET /api/v1/apis/{api}/plans/{slug}",
  "GET /api/v1/apis/{slug}",
  "GET /api/v1/apis/{slug}/guides",
  "GET /api/v1/apis/{slug}/guides/{guide}",
  "GET /api/v1/apis/{slug}/changelog",
  "POST /api/v1/leaks",
  "POST /api/v1/keys/try",
];

test.each(cases.filter(({ route }) => route.security !== "none"))(
  "$name does for a project's token what its role allows, and nothing in another project",
  async ({ name, route, example }) => {
    const fixture = await openProjectFixture();
    const { db, people, projectId } = fixture;
    const createdBy = people.owner.userId;
    const call = await exampleCall(fixture, route, example);
    const inProject = route.path.startsWith("/api/v1/projects/{projectId}");
    const roles = ["viewer", "developer"] as const;
    const otherId = await makeProject(db, people.owner);
    const foreign = await makeProjectToken(db, { projectId: otherId, role: "developer", createdBy });
    if (inProject) expect([403, 404]).toContain((await call.with(foreign)).status);
    for (const role of roles) {
      const token = await makeProjectToken(db, { projectId, role, createdBy });
      const { status, text } = await call.with(token);
      const may = inProject
        ? CALLERS.indexOf(role) >= CALLERS.indexOf(example.least)
        : FOR_PROJECTS.includes(name);
      expect(status, `${role}: ${text}`).toBe(may ? route.status : 403);
      // One that changes something is tried once.
      if (may && route.method !== "GET") return;
    }
  },
);

test.each(Object.entries(PROJECT_TOKEN_SCOPES))(
  "every scope that a project's token with the role %s can have allows at least one route",
  (role, scopes) => {
    const usable = cases.filter(({ name, route, example }) => {
      const inProject = route.path.startsWith("/api/v1/projects/{projectId}");
      if (!inProject) return FOR_PROJECTS.includes(name);
      return CALLERS.indexOf(role as TestCaller) >= CALLERS.indexOf(example.least);
    });
    const used = new Set(usable.map(({ route }) => route.tokenScope).filter((scope) => scope !== "any"));
    // Simulating and searching for leaks is `keys:write` only for developers.
    expect([...scopes].sort()).toEqual(
      [...used].filter((scope) => role === "developer" || scope !== "keys:write").sort(),
    );
  },
);

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
  for (const { route, name } of allCases) {
    const { method, path, tokenScope } = route;
    if (tokenScope === "any" || tokenScope === "never") continue;
    const reads = method === "GET" || readsByPost.test(path);
    expect(tokenScope, name).toMatch(reads ? /:read$/ : /:write$/);
  }
});
