import { expect, test } from "vitest";
import { MANAGEMENT_SCOPES, type ManagementScope, PROJECT_TOKEN_SCOPES } from "#core/scopes.ts";
import { makeManagementToken, makeProjectToken } from "#test/api.ts";
import { makeProject } from "#test/people.ts";
import { CALLERS, openProjectFixture, type TestCaller } from "#test/project-fixture.ts";
import { ALL_ROUTE_CASES, exampleCall, ROUTE_CASES } from "#test/route-cases.ts";

const scoped = ALL_ROUTE_CASES.filter(({ route }) => route.tokenScope !== "any");

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

test.each(ROUTE_CASES.filter(({ route }) => route.security !== "none"))(
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
      // A change is tried once.
      if (may && route.method !== "GET") return;
    }
  },
);

test.each(Object.entries(PROJECT_TOKEN_SCOPES))(
  "every scope that a project's token with the role %s can have allows at least one route",
  (role, scopes) => {
    const usable = ROUTE_CASES.filter(({ name, route, example }) => {
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
