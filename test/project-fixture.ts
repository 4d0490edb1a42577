import type { Db } from "#db/open.ts";
import { apiOf, makeManagementToken } from "./api.ts";
import { fixtureForEach } from "./db.ts";
import { enableFor, makeAdmin, makeApi, makeMember, makeProject, makeUser } from "./people.ts";

export const CALLERS = ["stranger", "viewer", "developer", "owner", "admin"] as const;
export type TestCaller = (typeof CALLERS)[number];

/** A project with an enabled API, a user in every role, and a client of the HTTP API for each. */
export async function createProjectFixture(db: Db) {
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const people = {
    owner,
    viewer: await makeMember(db, projectId, "viewer"),
    developer: await makeMember(db, projectId, "developer"),
    stranger: await makeUser(db),
    admin: await makeAdmin(db),
  };
  await makeApi(db, "badges", { operations: ["badges.sync"] });
  await makeApi(db, "offers", { access: "approval" });
  await enableFor(db, projectId, "badges");
  const tokens = await Promise.all(CALLERS.map((caller) => makeManagementToken(db, people[caller].userId)));
  return { db, projectId, people, tokens, call: clientsOf(db, tokens) };
}
export type ProjectFixture = Awaited<ReturnType<typeof createProjectFixture>>;

function clientsOf(db: Db, tokens: readonly string[]) {
  const as = apiOf(db);
  const clients = CALLERS.map((caller, at) => [caller, as(tokens[at] ?? null)] as const);
  return Object.fromEntries(clients) as Record<TestCaller, ReturnType<typeof as>>;
}

/** Opens a new database with such a fixture, the same each time. */
export const openProjectFixture = fixtureForEach(createProjectFixture, (fixture, db) => ({
  ...fixture,
  db,
  call: clientsOf(db, fixture.tokens),
}));
