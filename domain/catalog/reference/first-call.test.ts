import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { openTestDb } from "#test/db.ts";
import { ctxOf, enableFor, makeApi, makeKey, makeProject, makeUser } from "#test/people.ts";
import { petstore } from "#test/petstore.ts";
import { documentOperations } from "../apis/openapi.ts";
import { firstCallOf, readFirstCalls } from "./first-call.ts";

const api = { slug: "pets", name: "Pets", baseUrl: null };
const callOf = (
  document: Record<string, unknown>,
  mayCall = (_: string) => true,
  baseUrl: string | null = null,
) => firstCallOf({ document, operations: documentOperations(document) }, { ...api, baseUrl }, mayCall);
const SERVER = "https://api.example.com";
const withPaths = (paths: object, servers: object[] = [{ url: SERVER }]) => ({
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  servers,
  paths,
});
const ok = (operationId: string, more: object = {}) => ({ operationId, responses: {}, ...more });
const city = { name: "city", in: "path", required: true, schema: { type: "string" } };

test("the first call reads something, with every value filled in", () => {
  const document = withPaths({
    "/a/{city}": { parameters: [city], get: ok("a.get") },
    "/b": { delete: ok("b.delete"), post: ok("b.post"), get: ok("b.old", { deprecated: true }) },
    "/c/{city}": { parameters: [{ ...city, example: "Köln" }], get: ok("c.get") },
    "/d": { get: ok("d.get", { parameters: [{ name: "q", in: "query", required: true, schema: {} }] }) },
  });
  expect(callOf(document)).toMatchObject({
    operation: "c.get",
    sample: { method: "GET", url: `${SERVER}/c/K%C3%B6ln` },
  });
  expect(callOf(document, (name) => name !== "c.get")).toMatchObject({ operation: "b.old" });
  // Without an example, the value's name is in its place.
  expect(callOf(document, (name) => name === "a.get")?.sample.url).toBe(`${SERVER}/a/city`);
  expect(callOf(document, (name) => name === "b.delete")).toBeNull();
});

test("the key is where the document says", () => {
  expect(callOf(petstore("3.1.0"))?.sample).toMatchObject({
    url: "https://api.example.com/v1/pets/7?fields=all",
    key: { in: "header", name: "X-Api-Key", prefix: "" },
  });
});

test("there is no call without an address, and the base URL is called if there are no operations", () => {
  expect(callOf(withPaths({ "/a": { get: ok("a.get") } }, []))).toBeNull();
  expect(callOf(withPaths({}, []))).toBeNull();
  expect(callOf(withPaths({}, []), undefined, "https://pets.example")).toMatchObject({
    operation: null,
    sample: { url: "https://pets.example" },
  });
});

test("hostile documents give a call or none, never an error", () => {
  const evil = {
    parameters: "x",
    get: { operationId: { toString: 1 }, parameters: [{ name: {}, in: "path" }] },
  };
  for (const paths of [{ "/{a}/{b": evil }, { "/\u0000{}": evil }, { "/{{x}}": evil }, [evil], "x"]) {
    const call = callOf(withPaths(paths as object));
    if (call !== null) expect(URL.canParse(call.sample.url)).toBe(true);
  }
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`/p${n}`, { get: ok(`p.${n}`) }]));
  expect(callOf(withPaths(many))?.operation).toBe("p.0");
});

test("only what the key may call is suggested, for the APIs that the project has enabled", async () => {
  const db = await openTestDb();
  const owner = await makeUser(db);
  const ctx = ctxOf(db, owner);
  const projectId = await makeProject(db, owner);
  for (const slug of ["badges", "offers", "other"]) {
    await makeApi(db, slug, { operations: [`${slug}.list`, `${slug}.sync`] });
    if (slug !== "other") await enableFor(db, projectId, slug);
  }
  await db.write(async (tx) => {
    await tx.q.update(tx.t.apis).set({ baseUrl: "https://api.example" });
    const { operations } = tx.t;
    for (const { name } of await tx.q.select().from(operations)) {
      await tx.q
        .update(operations)
        .set({ method: "GET", path: `/${name}` })
        .where(eq(operations.name, name));
    }
  });
  const operationsOf = async (keyId?: string) =>
    (await readFirstCalls({ ctx, input: { projectId, keyId } })).map(({ operation }) => operation);
  expect(await operationsOf()).toEqual(["badges.list", "offers.list"]);
  const { key } = await makeKey(ctx, projectId, {
    restrictions: { apis: [{ api: "badges", operations: ["badges.s*"] }] },
  });
  expect(await operationsOf(key.id)).toEqual(["badges.sync"]);
});
