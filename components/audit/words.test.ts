import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { auditWords, changesOf } from "./words.ts";

const ada = { id: "usr_1", name: "Ada" };

test("what somebody does to a thing names the thing", () => {
  expect(
    auditWords({ action: "key.revoked", actor: ada, subject: { id: "key_1", name: "checkout server" } }),
  ).toEqual({ verb: "revoked the key", subject: "checkout server" });
});

test("what somebody does to themselves does not name them twice", () => {
  expect(auditWords({ action: "user.signed-in", actor: ada, subject: ada })).toEqual({
    verb: "signed in",
    subject: null,
  });
  expect(auditWords({ action: "member.joined", actor: ada, subject: ada }).verb).toBe("joined the project");
});

test("an action that this page has no words for is still shown", () => {
  expect(auditWords({ action: "new.thing", actor: ada, subject: { id: "x", name: "y" } })).toEqual({
    verb: "new.thing",
    subject: "y",
  });
});

test("what changed is told with what it was before, and a value taken away as none", () => {
  expect(
    changesOf({ before: { name: "a", expiresAt: "2026" }, after: { name: "b", expiresAt: null } }),
  ).toEqual([
    { field: "name", before: "a", after: "b" },
    { field: "expiresAt", before: "2026", after: "none" },
  ]);
});

test("every action that a verb leaves in the audit log has words", () => {
  const sources = globSync("domain/**/*.ts").filter((path) => !path.endsWith(".test.ts"));
  const actions = sources.flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/action: "([\w-]+\.[\w-]+)"/g)].map(([, action = ""]) => action),
  );
  expect(actions.length).toBeGreaterThan(20);
  const nobody = { id: null, name: "" };
  const subject = { id: "x", name: "y" };
  expect(actions.filter((action) => auditWords({ action, actor: nobody, subject }).verb === action)).toEqual(
    [],
  );
});
