import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser } from "#test/people.ts";
import { createServiceToken } from "../access/service-tokens/create.ts";
import type { Ctx } from "../context.ts";
import { applySteps, planDeclaration } from "./apply.ts";
import { readDeclaration } from "./read.ts";

const clock = makeClock();
let db: Db;
let admin: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  admin = ctxOf(db, await makeAdmin(db), { clock });
});

const plan = (text: string) => planDeclaration(admin, readDeclaration(text), { prune: false });
const errorsOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => [],
    (error: { errors: { path: string; message: string }[] }) => error.errors,
  );

describe("a thing that is in the file twice is an error with both positions", () => {
  test.each([
    ["an API", (more: string) => `apis: [{ slug: a, name: A }${more}]`, "{ slug: a, name: B }", "apis"],
    [
      "a plan",
      (more: string) => `apis: [{ slug: a, name: A, plans: [{ slug: p, name: P }${more}] }]`,
      "{ slug: p, name: Q }",
      "apis.0.plans",
    ],
    [
      "a service token",
      (more: string) => `serviceTokens: [{ name: t, api: null }${more}]`,
      "{ name: t, api: null, localVerification: true }",
      "serviceTokens",
    ],
    [
      "a project",
      (more: string) => `projects: [{ name: P }${more}]`,
      "{ name: P, secretAge: null }",
      "projects",
    ],
    [
      "a key",
      (more: string) => `projects: [{ name: P, keys: [{ name: k, environment: live }${more}] }]`,
      "{ name: k, environment: live, tags: [a] }",
      "projects.0.keys",
    ],
  ])("%s, before it exists and after", async (_, sections, repeated, list) => {
    const once = `version: 1\n${sections("")}`;
    const twice = `version: 1\n${sections(`, ${repeated}`)}`;
    const message = expect.stringContaining(`is in the file twice, first at ${list}.0.`);
    const expected = [{ path: `${list}.1`, message }];
    expect(await errorsOf(plan(twice))).toEqual(expected);
    await applySteps(admin, await plan(once), () => {});
    expect(await errorsOf(plan(twice))).toEqual(expected);
  });

  test("by its id and by its name", async () => {
    const owner = await makeUser(db);
    const projectId = await makeProject(db, owner, "Chat");
    const { key } = await makeKey(ctxOf(db, owner, { clock }), projectId, { name: "old" });
    const { serviceToken } = await createServiceToken({
      ctx: admin,
      input: { name: "edge", api: null, trustedProxies: [] },
    });
    const keys = `[{ id: ${key.id}, name: new, environment: live }, { name: old, environment: live }]`;
    const errors = await errorsOf(
      plan(`
version: 1
serviceTokens: [{ name: edge }, { id: ${serviceToken.id}, name: edge }]
projects:
  - { name: Chat, keys: ${keys} }
  - { id: ${projectId}, name: Renamed }
`),
    );
    expect(errors).toEqual([
      { path: "serviceTokens.1", message: "“edge” is in the file twice, first at serviceTokens.0." },
      {
        path: "projects.0.keys.1",
        message: "“old (live)” is in the file twice, first at projects.0.keys.0.",
      },
      { path: "projects.1", message: "“Renamed” is in the file twice, first at projects.0." },
    ]);
  });
});
