import { NextRequest } from "next/server";
import { beforeEach, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import type { Actor } from "#domain/context.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeUser } from "#test/people.ts";
import * as context from "./context.ts";
import { handleDocumentUpload } from "./document-upload.ts";
import * as rateLimitedActor from "./rate-limited-actor.ts";

const MIB = 1_048_576;

const DOCUMENT = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Badges" },
  paths: { "/badges": { get: { operationId: "badges.list" } } },
});

let db: Db;
function be(actor: Actor): void {
  vi.spyOn(rateLimitedActor, "getRateLimitedActor").mockResolvedValue(actor as never);
  vi.spyOn(context, "contextFor").mockResolvedValue(ctxOf(db, actor));
}
beforeEach(async () => {
  db = await openTestDb();
  be(await makeAdmin(db));
});

function formOf(input: object, document: string | Uint8Array<ArrayBuffer> | null): FormData {
  const form = new FormData();
  form.set("input", JSON.stringify(input));
  if (typeof document === "string") form.set("document", document);
  else if (document) form.set("document", new File([document], "api.json"));
  return form;
}

async function upload(body: BodyInit, headers: Record<string, string> = {}) {
  const init = {
    method: "POST",
    body,
    headers,
    ...(body instanceof ReadableStream && { duplex: "half" as const }),
  };
  const response = await handleDocumentUpload(
    new NextRequest("https://keys.example.com/api/documents", init),
  );
  expect(response.headers.get("cache-control")).toBe("no-store");
  return response.json();
}
const fields = { slug: "badges", access: "open", allowKeyInUrl: false };

test("an administrator previews, adds and replaces a document, as text and as a file", async () => {
  const bytes = new TextEncoder().encode(DOCUMENT);
  expect(await upload(formOf({ intent: "preview" }, bytes))).toMatchObject({
    ok: true,
    value: { name: "Badges", operationCount: 1 },
  });
  const create = formOf({ intent: "create", ...fields }, bytes);
  expect(await upload(create)).toEqual({ ok: true, value: { slug: "badges" } });
  const other = DOCUMENT.replace("badges.list", "badges.all");
  expect(await upload(formOf({ intent: "update", slug: "badges" }, other))).toMatchObject({ ok: true });
  const operations = await db.read.q.select().from(db.read.t.operations);
  expect(operations.map(({ name }) => name)).toEqual(["badges.all"]);
});

test("an invalid document and a form without its fields are rejected with a reason and change nothing", async () => {
  const zip = new Uint8Array([0x50, 0x4b, 3, 4]);
  for (const [document, reason] of [
    [zip, "ZIP"],
    ["<html></html>", "web page"],
    ['{"swagger": "2.0"}', "Swagger 2.0"],
    [null, "document"],
  ] as const) {
    const answer = await upload(formOf({ intent: "create", ...fields }, document));
    expect(answer, reason).toMatchObject({ ok: false, code: "invalid" });
    expect(JSON.stringify(answer)).toContain(reason);
  }
  for (const body of [formOf({ intent: "delete" }, DOCUMENT), "no form"]) {
    expect(await upload(body)).toMatchObject({ ok: false, code: "invalid" });
  }
  expect(await db.read.q.select().from(db.read.t.apis)).toEqual([]);
});

test("a document over 16 MiB is rejected with its size and a suggestion, and one over the body limit is not read", async () => {
  const large = formOf({ intent: "preview" }, new Uint8Array(17 * MIB).fill(0x20));
  const answer = await upload(large);
  expect(answer).toMatchObject({ ok: false, code: "invalid" });
  expect(JSON.stringify(answer)).toMatch(/17 MiB.*16 MiB.*split/);
  const { stream, sent } = countedStream(64);
  expect(await upload(stream)).toMatchObject({ ok: false, code: "invalid" });
  expect(sent()).toBeLessThanOrEqual(42);
});

test("30 MiB sent by a visitor or a developer are not read", async () => {
  for (const actor of [{ kind: "visitor", ipAddress: "198.51.100.7" } as const, await makeUser(db)]) {
    be(actor);
    const { stream, sent } = countedStream(30);
    const before = process.memoryUsage().arrayBuffers;
    const { ok, code } = await upload(stream);
    expect([ok, code]).toEqual([false, actor.kind === "visitor" ? "unauthenticated" : "forbidden"]);
    expect(sent()).toBeLessThanOrEqual(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * MIB);
  }
});

test("another site can't upload with an administrator's session", async () => {
  const create = formOf({ intent: "create", ...fields }, DOCUMENT);
  expect(await upload(create, { "Sec-Fetch-Site": "cross-site" })).toMatchObject({ ok: false });
  expect(await db.read.q.select().from(db.read.t.apis)).toEqual([]);
});

/** A body that is produced MiB by MiB as it is read; `sent` says how many were. */
function countedStream(mib: number) {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pulled === mib) return controller.close();
      pulled++;
      controller.enqueue(new Uint8Array(MIB));
    },
  });
  return { stream, sent: () => pulled };
}

test("nothing is created for someone who lost the role of an administrator while the document arrived", async () => {
  const user = await makeUser(db);
  const form = new Response(formOf({ intent: "create", ...fields }, DOCUMENT));
  const bytes = new Uint8Array(await form.arrayBuffer());
  const body = new ReadableStream(
    {
      pull(controller) {
        be(user);
        controller.enqueue(bytes);
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const result = await upload(body, { "Content-Type": form.headers.get("content-type") ?? "" });
  expect(result).toMatchObject({ ok: false, code: "forbidden" });
  expect(await db.read.q.$count(db.read.t.apis)).toBe(0);
});
