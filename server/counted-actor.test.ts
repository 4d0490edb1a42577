import { NextRequest } from "next/server";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { TEST_SETTINGS } from "#test/people.ts";

const user = { kind: "user", userId: "usr_1", name: "Ada", siteRole: "developer", via: "session" };
const services = vi.hoisted(() => ({ current: {} as object }));
vi.mock("./session.ts", () => ({ getActor: async () => user }));
vi.mock("./context.ts", () => ({
  getServices: async () => services.current,
  contextFor: async (actor: unknown) => ({ actor }),
}));

const { handlePageRead } = await import("./page-read.ts");
const { handlePageQuery } = await import("./page-query.ts");
const { handleDocumentUpload } = await import("./document-upload.ts");

beforeEach(() => {
  const bounds = { ...TEST_SETTINGS.bounds, callsPerMinute: 3 };
  services.current = { settings: { ...TEST_SETTINGS, bounds } };
});

const page = (path: string, body?: string) =>
  new NextRequest(`https://keys.example.com${path}`, {
    ...(body !== undefined && { method: "POST", body, headers: { "Content-Type": "application/json" } }),
  });
const read = () => handlePageRead(page("/projects/prj_1/usage/data"), async () => new Response("read"));
const ask = () =>
  handlePageQuery(page("/projects/prj_1/keys/explain", "{}"), {}, z.strictObject({}), async () => "answered");

test("requests that pages send in the background count for their user, and more than the rate allows get 429", async () => {
  const answers = [await read(), await ask(), await read(), await read(), await ask()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(Number(answers[3]?.headers.get("retry-after"))).toBeGreaterThan(50);
  const upload = await handleDocumentUpload(page("/api/documents", "x"));
  expect(await upload.json()).toMatchObject({ ok: false, code: "too-many" });
});
