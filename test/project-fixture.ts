import type { Db } from "#db/open.ts";
import { apiOf, makeManagementToken } from "./api.ts";
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
  const as = apiOf(db);
  const call = Object.fromEntries(
    await Promise.all(
      CALLERS.map(
        async (caller) => [caller, as(await makeManagementToken(db, people[caller].userId))] as const,
      ),
    ),
  ) as Record<TestCaller, ReturnType<typeof as>>;
  return { db, projectId, people, call };
}
export type ProjectFixture = Awaited<ReturnType<typeof createProjectFixture>>;
