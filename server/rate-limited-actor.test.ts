import { NextRequest } from "next/server";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { TEST_SETTINGS } from "#test/people.ts";
import * as context from "./context.ts";
import { handleDocumentUpload } from "./document-upload.ts";
import { handlePageQuery } from "./page-query.ts";
import { handlePageRead } from "./page-read.ts";
import * as session from "./session.ts";

const user = { kind: "user", userId: "usr_1", name: "Ada", siteRole: "developer", via: "session" };

beforeEach(() => {
  const bounds = { ...TEST_SETTINGS.bounds, callsPerMinute: 3 };
  const services = { settings: { ...TEST_SETTINGS, bounds } };
  vi.spyOn(session, "getActor").mockResolvedValue(user as never);
  vi.spyOn(context, "getServices").mockResolvedValue(services as never);
  vi.spyOn(context, "contextFor").mockImplementation(async (actor) => ({ actor }) as never);
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
