import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeMember, makeProject, makeUser } from "#test/people.ts";
import { createServiceToken } from "../access/service-tokens/create.ts";
import { createApi } from "../catalog/apis/create.ts";
import { createApiSchema } from "../catalog/apis/schema.ts";
import type { Ctx } from "../context.ts";
import { applySteps, planDeclaration, type StepResult } from "./apply.ts";
import { readProject, readProjects } from "./current-state.ts";
import { exportDeclaration, writeDeclaration, writtenKey } from "./export.ts";
import { readDeclaration } from "./read.ts";
import { keyItemSchema } from "./schema.ts";

const clock = makeClock();
let db: Db;
let admin: Ctx;
beforeEach(async () => {
  db = await openTestDb();
  admin = ctxOf(db, await makeAdmin(db), { clock });
});

const FILE = `
version: 1
policies:
  keyRules:
    maxLifeDays: { live: 365, test: null }
    expiryRequired: false
    namePattern: null
    descriptionRequired: true
    externalIdRequired: false
apis:
  - slug: badges
    name: Badges
    scopes: [{ name: "badges:read" }]
    operations:
      - { name: badges.list, method: get, path: /badges, requiredScopes: ["badges:read"] }
      - { name: badges.sync, requiredScopes: [["badges:write"]] }
    plans:
      - { slug: free, name: Free, limits: [{ name: per-minute, rate: { limit: 60, windowSeconds: 60 } }] }
serviceTokens:
  - { name: edge, api: badges, trustedProxies: [10.0.0.0/8] }
projects:
  - name: Chat
    limits: { quota: { limit: 1000, period: day } }
    secretAge: { maxDays: 90, cut: false }
    apis: [badges]
    keys:
      - name: checkout
        environment: live
        description: Charges cards
        expiresAt: 2027-01-01T00:00:00Z
        tags: [EU, b, b]
        externalId: cus_7
        metadata: { plan: pro, seats: 3 }
        restrictions:
          ips: ["2001:DB8::1", 203.0.113.9/24]
          apis: [{ api: badges, scopes: ["badges:read"] }]
      - { name: off, environment: test, description: x, enabled: false }
`;

const plan = (text: string, { ctx = admin, prune = false } = {}) =>
  planDeclaration(ctx, readDeclaration(text), { prune });
async function apply(text: string, options: { ctx?: Ctx; prune?: boolean } = {}): Promise<StepResult[]> {
  const results: StepResult[] = [];
  await applySteps(options.ctx ?? admin, await plan(text, options), (result) => results.push(result));
  return results;
}
const exported = async (ctx = admin) => writeDeclaration(await exportDeclaration(ctx));
const namesOf = (steps: { action: string; kind: string; name: string }[]) =>
  steps.map(({ action, kind, name }) => `${action} ${kind} ${name}`);
const errorsOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => [],
    (error: { errors: { path: string; message: string }[] }) => error.errors,
  );

describe("a declaration", () => {
  test("is applied once, with each secret shown once, and then there is nothing to do", async () => {
    const results = await apply(FILE);
    expect(namesOf(results.map(({ step }) => step))).toEqual([
      "create api badges",
      "create plan badges / free",
      "update policies the site",
      "create service token edge",
      "create project Chat",
      "enable project API Chat / badges",
      "create key Chat / checkout (live)",
      "create key Chat / off (test)",
    ]);
    expect(results.map(({ error }) => error)).toEqual(results.map(() => undefined));
    expect(results.flatMap(({ secret }) => secret ?? [])).toEqual([
      expect.stringMatching(/^lk_svc_/),
      expect.stringMatching(/^lk_live_/),
      expect.stringMatching(/^lk_test_/),
    ]);
    expect(namesOf(await plan(FILE))).toEqual([]);
    expect(namesOf(await plan(FILE, { prune: true }))).toEqual([]);
  });

  test("that was exported changes nothing, has no secret, and builds the same elsewhere", async () => {
    const secrets = (await apply(FILE)).flatMap(({ secret }) => secret ?? []);
    const text = await exported();
    expect(namesOf(await plan(text, { prune: true }))).toEqual([]);
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/lk_(live|test|svc)_/);
    // Administrators of another deployment read the same file.
    const other = await openTestDb();
    const there = ctxOf(other, await makeAdmin(other), { clock });
    await apply(text, { ctx: there });
    expect(await exported(there)).toBe(text);
    await other.close();
  });

  test("has every field of a key that a file can have, including a new field of the schema", async () => {
    await apply(FILE);
    const [{ id = "" } = {}] = await readProjects(admin);
    const [current] = (await readProject(admin, id)).keys;
    const fields = Object.keys(keyItemSchema.omit({ id: true }).shape);
    const filled = Object.fromEntries(fields.map((field) => [field, `some ${field}`]));
    const key = Object.assign({}, current?.key, filled, { status: "disabled" } as const);
    expect(Object.keys(writtenKey({ key, expiresAt: 1 })).sort()).toEqual(fields.sort());
  });

  test("changes only the fields that it has, and says from what to what", async () => {
    await apply(FILE);
    const steps = await plan(`
version: 1
projects:
  - name: Chat
    keys: [{ name: checkout, environment: live, description: Refunds, tags: [b, eu] }]
`);
    expect(steps.map(({ changes }) => changes)).toEqual([
      [{ field: "description", before: "Charges cards", after: "Refunds" }],
    ]);
    await applySteps(admin, steps, () => {});
    const [key] = await db.read.q.select().from(db.read.t.keys).where(eq(db.read.t.keys.name, "checkout"));
    expect(key).toMatchObject({ description: "Refunds", externalId: "cus_7", tags: ["b", "eu"] });
  });

  test("never ends anything unless it is asked to prune, and never a project", async () => {
    await apply(FILE);
    const less = `
version: 1
serviceTokens: []
projects:
  - { name: Chat, apis: [], keys: [{ name: off, environment: test }] }
`;
    expect(namesOf(await plan(less))).toEqual([]);
    expect(namesOf(await plan(less, { prune: true }))).toEqual([
      "revoke service token edge",
      "disable project API Chat / badges",
      "revoke key Chat / checkout (live)",
    ]);
    expect(namesOf(await plan("version: 1\nprojects: []", { prune: true }))).toEqual([]);
    const { length } = await apply(`${less}apis: []`, { prune: true });
    expect(length).toBe(4);
    expect(await db.read.q.$count(db.read.t.projects)).toBe(1);
    expect(await db.read.q.$count(db.read.t.apis)).toBe(0);
  });

  test("continues after a step that failed, and the next run does what is left", async () => {
    const wrong = FILE.replace("description: Charges cards\n", 'description: ""\n');
    const results = await apply(wrong);
    expect(results.filter(({ error }) => error).map(({ step }) => step.name)).toEqual([
      "Chat / checkout (live)",
    ]);
    expect(namesOf(await plan(FILE))).toEqual(["create key Chat / checkout (live)"]);
  });

  test("leaves operations to an API's document, and keys of one name to their ids", async () => {
    const owner = await makeUser(db);
    const projectId = await makeProject(db, owner, "Chat");
    await makeProject(db, owner, "Chat");
    const { key } = await makeKey(ctxOf(db, owner, { clock }), projectId, { name: "twin" });
    await makeKey(ctxOf(db, owner, { clock }), projectId, { name: "twin" });
    const openapi = {
      openapi: "3.1.0",
      info: { title: "Doc", version: "1" },
      paths: { "/a": { get: { operationId: "a", responses: {} } } },
    };
    await createApi({ ctx: admin, input: createApiSchema.parse({ slug: "doc", openapi }) });
    const text = await exported();
    expect(text).toContain(`id: ${projectId}`);
    expect(text).toContain(`id: ${key.id}`);
    expect(namesOf(await plan(text, { prune: true }))).toEqual([]);
    const errors = await errorsOf(
      plan(`
version: 1
apis: [{ slug: doc, name: Doc, operations: [{ name: b }] }]
projects:
  - { name: Chat }
  - { id: ${projectId}, name: Chat, keys: [{ name: twin, environment: live }, { name: twin, environment: live }] }
  - { id: prj_nobody, name: Ghost }
`),
    );
    expect(errors.map(({ path }) => path)).toEqual([
      "apis.0.operations",
      "projects.0.name",
      "projects.1.keys.0",
      "projects.1.keys.1",
      "projects.2.id",
    ]);
  });
});

test("sets that a key has in another order than they are stored today are no change", async () => {
  await apply(FILE);
  const { keys } = db.read.t;
  const api = { api: "badges", operations: ["badges.sync", "badges.list"] };
  const set = { ips: [], referrers: [], apps: { android: [], ios: [] }, apis: [api] };
  await db.write(({ q }) =>
    q.update(keys).set({ restrictions: set, reportOnly: set }).where(eq(keys.name, "checkout")),
  );
  expect(namesOf(await plan(await exported(), { prune: true }))).toEqual([]);
  const sorted = (await exported()).replaceAll(/(- badges\.sync)(\s+)(- badges\.list)/g, "$3$2$1");
  expect(sorted).not.toBe(await exported());
  expect(namesOf(await plan(sorted))).toEqual([]);
  expect(namesOf(await plan(sorted.replaceAll("- badges.sync", "- badges.*")))).toHaveLength(1);
});

test("service tokens of one name are distinguished by their ids", async () => {
  const twin = { name: "edge", api: null, trustedProxies: [] };
  const { serviceToken } = await createServiceToken({ ctx: admin, input: twin });
  await createServiceToken({ ctx: admin, input: { ...twin, localVerification: true } });
  const text = await exported();
  expect(text).toContain(`id: ${serviceToken.id}`);
  expect(namesOf(await plan(text, { prune: true }))).toEqual([]);
  const tokens = `[{ id: ${serviceToken.id}, name: edge, localVerification: true }]`;
  expect(namesOf(await plan(`version: 1\nserviceTokens: ${tokens}`, { prune: true }))).toEqual([
    "update service token edge",
    "revoke service token edge",
  ]);
  const wrong = `[{ name: edge }, { id: svt_none, name: edge }, { id: ${serviceToken.id}, name: other }]`;
  const errors = await errorsOf(plan(`version: 1\nserviceTokens: ${wrong}`));
  expect(errors.map(({ path }) => path)).toEqual([
    "serviceTokens.0.name",
    "serviceTokens.1.id",
    "serviceTokens.2.name",
  ]);
});

test.each([
  ["the operations of the API need", "operations: [{ name: a, requiredScopes: [x:write] }]"],
  ["its document declares", ""],
])("scopes that %s can be named or left out", async (_, operations) => {
  const openapi = {
    openapi: "3.1.0",
    info: { title: "Doc", version: "1" },
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Api-Key" } } },
    paths: { "/a": { get: { operationId: "a", security: [{ key: ["x:write"] }], responses: {} } } },
  };
  if (operations === "")
    await createApi({ ctx: admin, input: createApiSchema.parse({ slug: "x", openapi }) });
  else await apply(`version: 1\napis:\n  - slug: x\n    name: X\n    ${operations}`);
  for (const scopes of ["{ name: x:read }", "{ name: x:read }, { name: x:write }"]) {
    const file = `version: 1\napis: [{ slug: x, name: X, scopes: [${scopes}] }]`;
    await apply(file);
    expect(namesOf(await plan(file)), scopes).toEqual([]);
  }
});

describe("what a user may not do", () => {
  test("is in no plan of a member: the site, and projects of others", async () => {
    await apply(FILE);
    const person = await makeUser(db);
    const projectId = await makeProject(db, person, "Own");
    const ctx = ctxOf(db, person, { clock });
    const text = await exported(ctx);
    expect(text).toContain("name: Own");
    expect(text).not.toMatch(/policies|apis:\n {2}- slug|Chat/);
    for (const section of ["policies: {}", "apis: []", "serviceTokens: []"]) {
      await expect(plan(`version: 1\n${section}`, { ctx })).rejects.toMatchObject({ code: "forbidden" });
    }
    // A project of the same name that they don't see is none of theirs.
    expect(namesOf(await plan("version: 1\nprojects: [{ name: Chat }]", { ctx }))).toEqual([
      "create project Chat",
    ]);
    const viewer = ctxOf(db, await makeMember(db, projectId, "viewer"), { clock });
    const change = "version: 1\nprojects: [{ name: Own, limits: { rate: { limit: 5, windowSeconds: 1 } } }]";
    const [result] = await apply(change, { ctx: viewer });
    expect(result?.error).toMatchObject({ code: "forbidden" });
  });
});
