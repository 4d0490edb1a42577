import { expect, test } from "vitest";
import { z } from "zod";
import { DomainError, invalid } from "#domain/errors.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf } from "#test/people.ts";
import { type ActionShell, runAction } from "./run-action.ts";

const schema = z.strictObject({
  name: z.string().min(1, "Write something here."),
  inner: z.array(z.int()).optional(),
});

async function shellWith(reported: [unknown, string][] = []): Promise<ActionShell> {
  const db = await openTestDb();
  return {
    actor: async () => ({ kind: "visitor", ipAddress: null }),
    contextFor: async (actor) => ctxOf(db, actor),
    page: async () => "/projects",
    report: (error, id) => reported.push([error, id]),
  };
}

test("invalid input is reported by path, and the verb is not called", async () => {
  const called: unknown[] = [];
  const verb = async ({ input }: { input: unknown }) => called.push(input);
  const result = await runAction(await shellWith(), schema, verb, { name: "", inner: ["x"] });
  expect(result).toMatchObject({ ok: false, code: "invalid" });
  expect(result.ok ? [] : result.errors.map(({ path }) => path)).toEqual(["name", "inner.0"]);
  expect(called).toEqual([]);
});

test("a NUL character that a schema leaves is reported by path", async () => {
  const result = await runAction(await shellWith(), schema, async () => "done", { name: "a\0b" });
  expect(result).toMatchObject({ ok: false, code: "invalid", errors: [{ path: "name" }] });
});

test("a DomainError keeps its message and fields", async () => {
  const verb = async () => {
    throw invalid("name", "Is taken.");
  };
  expect(await runAction(await shellWith(), schema, verb, { name: "a" })).toEqual({
    ok: false,
    code: "invalid",
    message: "Is taken.",
    errors: [{ path: "name", message: "Is taken." }],
  });
});

test("an internal error is logged with the id that the person sees, and its text is not shown", async () => {
  const reported: [unknown, string][] = [];
  const error = new Error("lk_live_secret in a message");
  const verb = async () => {
    throw error;
  };
  const result = await runAction(await shellWith(reported), schema, verb, { name: "a" });
  expect(result).toMatchObject({ ok: false, code: "unexpected" });
  expect(JSON.stringify(result)).not.toContain("secret");
  expect(reported).toEqual([[error, result.ok ? "" : result.errorId]]);
});

test("a denial for a visitor is returned as data", async () => {
  const verb = async () => {
    throw new DomainError("unauthenticated", "Sign in first.");
  };
  expect(await runAction(await shellWith(), schema, verb, { name: "a" })).toMatchObject({
    ok: false,
    code: "unauthenticated",
    message: "Sign in first.",
  });
});
