import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Actor } from "#domain/context.ts";
import { handlePageQuery } from "./page-query.ts";

const USER: Partial<Actor> = { kind: "user", userId: "usr_1" };
const session = vi.hoisted(() => ({ actor: {} as Partial<Actor> }));
vi.mock("./rate-limited-actor.ts", () => ({ getRateLimitedActor: async () => session.actor }));
vi.mock("./context.ts", () => ({ contextFor: async (actor: Actor) => ({ actor }) }));
afterEach(() => {
  session.actor = USER;
});
session.actor = USER;

const schema = z.strictObject({ projectId: z.string(), days: z.int().max(30, "At most 30.") });

/** The response to a request with these headers and body, and the number of calls of the verb. */
async function answerTo(headers: Record<string, string>, body: string) {
  const verb = vi.fn(async () => "answered");
  const request = new NextRequest("http://portal.example/projects/prj_1/keys/explain", {
    method: "POST",
    headers,
    body,
  });
  const response = await handlePageQuery(request, { projectId: "prj_1" }, schema, verb);
  return { status: response.status, problem: await response.json(), asked: verb.mock.calls.length };
}

const json = { "Content-Type": "application/json" };

test.each(["cross-site", "same-site", "none"])(
  "a query from another site (%s) never reaches a verb",
  async (site) => {
    const { status, asked } = await answerTo({ ...json, "Sec-Fetch-Site": site }, '{"days":7}');
    expect([status, asked]).toEqual([403, 0]);
  },
);

test("a form of another site can't query: only JSON is accepted", async () => {
  const { status, asked } = await answerTo({ "Content-Type": "text/plain" }, '{"days":7}');
  expect([status, asked]).toEqual([415, 0]);
});

test("without a session, the body is not parsed", async () => {
  session.actor = { kind: "visitor" };
  const { status, asked } = await answerTo(json, "not JSON");
  expect([status, asked]).toEqual([401, 0]);
});

test("invalid input is reported with its place", async () => {
  const { status, problem, asked } = await answerTo(json, '{"days":31}');
  expect([status, asked]).toEqual([400, 0]);
  expect(problem).toMatchObject({
    detail: "At most 30.",
    errors: [{ path: "days", message: "At most 30." }],
  });
});

test("a NUL character never reaches a verb, wherever it is", async () => {
  const withText = await handlePageQuery(
    new NextRequest("http://portal.example/x", {
      method: "POST",
      headers: json,
      body: '{"filter":{"metadata":{"plan":"a\\u0000"}}}',
    }),
    {},
    z.looseObject({}),
    async () => "answered",
  );
  expect(withText.status).toBe(400);
  expect(await withText.json()).toMatchObject({ errors: [{ path: "filter.metadata.plan" }] });
});

test("a body over the limit is not read", async () => {
  const { status, asked } = await answerTo(json, JSON.stringify({ days: 1, more: "x".repeat(2_000_001) }));
  expect([status, asked]).toEqual([413, 0]);
});
