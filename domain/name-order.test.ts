import { expect, test } from "vitest";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeKey, makeProject, makeUser } from "#test/people.ts";
import { listUsers } from "./admin/users.ts";
import { listKeyNames, listKeys } from "./keys/list.ts";
import { listKeysSchema } from "./keys/schema.ts";
import { createProject } from "./projects/create.ts";
import { listProjects } from "./projects/list.ts";

/** In the order in which every list has them. */
const NAMES = ["apfel", "Birne", "Zebra", "zoo", "Äpfel", "Ö", "äpfel", "ö", "Ж", "ж", "東"];
const SHUFFLED = NAMES.toSorted().reverse();

test("names are sorted alike on both databases: A to Z without case, then other letters by their bytes", async () => {
  const db = await openTestDb();
  const admin = await makeAdmin(db);
  const ctx = ctxOf(db, admin);
  const projectId = await makeProject(db, admin);
  for (const name of SHUFFLED) {
    await makeKey(ctx, projectId, { name });
    await createProject({ ctx, input: { name } });
    await makeUser(db, { name });
  }
  const ofLists = {
    keys: await listKeys({ ctx, input: listKeysSchema.parse({ projectId, sort: "name", limit: 50 }) }),
    keyNames: await listKeyNames({ ctx, input: { projectId } }),
    projects: await listProjects({ ctx, input: { all: true, limit: 50 } }),
    users: await listUsers({ ctx, input: { limit: 50 } }),
  };
  for (const [list, { items }] of Object.entries(ofLists)) {
    const names = items.map(({ name }) => name).filter((name) => NAMES.includes(name));
    expect(names, list).toEqual(NAMES);
  }
});
