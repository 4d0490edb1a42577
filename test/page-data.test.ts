import { NextRequest } from "next/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import * as context from "#server/context.ts";
import * as limited from "#server/rate-limited-actor.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeApi, makeProject, makeUser } from "#test/people.ts";
import * as operations from "../app/(portal)/projects/[projectId]/keys/apis/route.ts";
import * as propagation from "../app/(portal)/projects/[projectId]/propagation/route.ts";

let db: Db;
let projectId: string;
beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  projectId = await makeProject(db, user);
  vi.spyOn(limited, "getRateLimitedActor").mockResolvedValue(user);
  vi.spyOn(context, "contextFor").mockResolvedValue(ctxOf(db, user));
});
afterEach(() => vi.restoreAllMocks());

async function read({ GET }: typeof operations, path: string) {
  const url = `https://keys.example.com/projects/${projectId}/${path}`;
  const response = await GET(new NextRequest(url), { params: Promise.resolve({ projectId }) });
  return { status: response.status, json: await response.json() };
}

test("a search for operations that is too long is answered 400, one without a match with an empty list", async () => {
  await makeApi(db, "badges", { operations: ["badges.list"] });
  const find = (search: string) =>
    read(operations, `keys/apis?api=badges&search=${encodeURIComponent(search)}`);
  expect((await find("list")).json).toMatchObject({ items: [{ name: "badges.list" }] });
  expect(await find("\0?")).toMatchObject({ status: 200, json: { items: [] } });
  expect(await find("x".repeat(201))).toMatchObject({
    status: 400,
    json: { errors: [{ path: "search", message: "At most 200 characters." }] },
  });
});

test.each(["x".repeat(201), "a\0", ""])("an API that can't exist (%j) is answered 4xx", async (slug) => {
  const { status } = await read(operations, `keys/apis?api=${encodeURIComponent(slug)}`);
  expect([400, 404]).toContain(status);
});

test.each(["x", "-1", "1.5", "1e400"])(
  "a change without a whole number (%s) is answered 400",
  async (seq) => {
    expect(await read(propagation, `propagation?seq=${seq}`)).toMatchObject({
      status: 400,
      json: { errors: [{ path: "seq" }] },
    });
  },
);
