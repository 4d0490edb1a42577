import { expect, test } from "vitest";
import { EXAMPLES, type Example } from "#test/api-examples.ts";
import { openTestDb } from "#test/db.ts";
import { ASKERS, type Asker, makeWorld, type World } from "#test/world.ts";
import type { Route } from "./route.ts";
import { API_ROUTES } from "./routes/index.ts";

const nameOf = (route: Route) => `${route.method} ${route.path}`;

test("every route has an example here, so that none goes untried", () => {
  expect(API_ROUTES.map(nameOf).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

/** The call of the example, ready for whoever makes it. */
async function exampleCall(world: World, route: Route, example: Example) {
  const params: Record<string, string> = {
    projectId: world.projectId,
    ...(await example.prepare?.(world)),
  };
  const path = route.path
    .slice("/api/v1".length)
    .replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `no-${name}`);
  const body = example.body?.(world);
  return (asker: Asker) =>
    world.call[asker](route.method, path + (example.query ?? ""), body === undefined ? {} : { body });
}

const cases = API_ROUTES.flatMap((route) => {
  const example = EXAMPLES[nameOf(route)];
  return example ? [{ name: nameOf(route), route, example }] : [];
});

test.each(cases)("$name is for $example.least and above; its answer is as described", async (it) => {
  const { route, example } = it;
  const world = await makeWorld(await openTestDb());
  const call = await exampleCall(world, route, example);
  const least = ASKERS.indexOf(example.least);
  for (const asker of ASKERS.slice(0, least)) {
    const refused = await call(asker);
    const inProject = route.path.startsWith("/api/v1/projects/{projectId}");
    const expected = inProject && asker === "stranger" ? 404 : 403;
    expect(refused.status, `${asker}: ${refused.text}`).toBe(expected);
    expect(Object.keys(refused.json).sort()).toEqual(["detail", "requestId", "status", "title", "type"]);
  }
  const answer = await call(example.least);
  expect(answer.status, answer.text).toBe(route.status);
  if (route.output) expect(route.output.parse(answer.json)).toEqual(answer.json);
  else if (route.files.length > 0) expect(route.files).toContain(typeOf(answer.headers));
  else expect(answer.text).toBe("");
});

const typeOf = (headers: Headers) => headers.get("content-type")?.split(";")[0];

const inProject = cases.filter(({ route }) => route.path.includes("{projectId}"));

test.each(inProject)("$name tells a stranger the same whether or not the project exists", async (it) => {
  const world = await makeWorld(await openTestDb());
  const there = await (await exampleCall(world, it.route, it.example))("stranger");
  const absent = await exampleCall(
    { ...world, projectId: `${world.projectId}x` },
    it.route,
    // What is prepared would have to be there.
    { ...it.example, prepare: async () => ({}) },
  );
  const { requestId: _, ...told } = (await absent("stranger")).json;
  const { requestId: __, ...toldThere } = there.json;
  expect(told).toEqual(toldThere);
});
