import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RECORDED_EVENTS } from "#domain/access/security/events.ts";
import { changesOf, entryText, PROJECT_ACTIONS, SITE_ACTIONS } from "./entry-text.ts";

const ada = { id: "usr_1", name: "Ada" };

test("what someone does to a thing names the thing", () => {
  expect(
    entryText({ action: "key.revoked", actor: ada, subject: { id: "key_1", name: "checkout server" } }),
  ).toEqual({ verb: "revoked the key", subject: "checkout server" });
});

test("the words for an event of a key end with the noun that its name follows", () => {
  const actions = [...PROJECT_ACTIONS.values()].flat().filter((action) => action.startsWith("key."));
  expect(actions.length).toBeGreaterThan(10);
  for (const action of actions) {
    const subject = { id: "key_1", name: "checkout server" };
    expect(entryText({ action, actor: ada, subject }).verb, action).toMatch(/ the key$/);
  }
});

test("what someone does to themselves does not name them twice", () => {
  expect(entryText({ action: "user.signed-in", actor: ada, subject: ada })).toEqual({
    verb: "signed in",
    subject: null,
  });
  expect(entryText({ action: "member.joined", actor: ada, subject: ada }).verb).toBe("joined the project");
});

test("fields are named as on the pages, also where the API has another name", () => {
  const after = { olderLapsesAt: "2026-12-01T00:00:00.000Z", expiresAt: null };
  expect(changesOf({ before: null, after }).map(({ field }) => field)).toEqual([
    "old secret works until",
    "expires at",
  ]);
});

test("an action that this page has no words for is still shown", () => {
  expect(entryText({ action: "new.thing", actor: ada, subject: { id: "x", name: "y" } })).toEqual({
    verb: "new.thing",
    subject: "y",
  });
});

test("a change is described with the previous value, and a removed value as none", () => {
  expect(
    changesOf({ before: { name: "a", expiresAt: "2026" }, after: { name: "b", expiresAt: null } }),
  ).toEqual([
    { field: "name", before: "a", after: "b" },
    { field: "expires at", before: "2026", after: "none" },
  ]);
});

test("a change of restrictions lists added and removed entries, and how many are not listed", () => {
  expect(
    changesOf({
      before: { restrictions: { entries: 2, removed: { ips: ["198.51.100.7"] } } },
      after: {
        restrictions: { entries: 1_000, added: { ips: ["203.0.113.9"], apis: ["badges"] }, more: 997 },
      },
    }),
  ).toEqual([
    {
      field: "restrictions",
      before: "2 entries, removed: ips 198.51.100.7",
      after: "1,000 entries, added: ips 203.0.113.9, apis badges and 997 more",
    },
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
  expect(actions.filter((action) => entryText({ action, actor: nobody, subject }).verb === action)).toEqual(
    [],
  );
});

test("values are shown in words, also what only looks like a set of restrictions", () => {
  const shown = (value: unknown) => changesOf({ before: null, after: { field: value } })[0]?.after;
  expect(shown(["keys:read", "keys:write"])).toBe("keys:read, keys:write");
  expect(shown({ ratePerMinute: 12_000, burst: null, enforced: true })).toBe(
    "rate per minute 12,000, burst none, enforced yes",
  );
  expect(shown("2026-11-29T23:05:00.000Z")).toBe("Sun, Nov 29, 2026, 23:05:00 UTC");
  expect(shown([{ api: "badges", operations: [] }, 2])).toBe("(api badges, operations none), 2");
  expect(shown({ entries: 1, added: { ips: 7 } })).toBe("entries 1, added (ips 7)");
  for (const value of [{ entries: null }, { entries: "3" }, {}, [], [1, 2], [[{}]], { a: { b: "c" } }]) {
    expect(shown(value)).not.toMatch(/[[\]{}"]/);
  }
});

test("a project's log offers every action that is recorded for a project", () => {
  const offered = [...PROJECT_ACTIONS.values()].flat();
  const recorded = globSync("domain/**/*.ts")
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap((path) => [
      ...readFileSync(path, "utf8").matchAll(/action: (.*"[\w-]+\.[\w-]+"),\s+projectId\b/g),
    ])
    .flatMap(([, actions = ""]) => [...actions.matchAll(/"([\w-]+\.[\w-]+)"/g)].map(([, action]) => action));
  expect(recorded.length).toBeGreaterThan(20);
  expect(offered).toEqual(expect.arrayContaining(recorded));
});

test("a project's log offers no action that can't be in it", () => {
  const offered = new Set([...PROJECT_ACTIONS.values()].flat());
  expect(offered).toContain("key.revoked");
  expect([...SITE_ACTIONS.values()].flat()).toEqual(expect.arrayContaining([...offered]));
  expect(RECORDED_EVENTS.filter((event) => offered.has(event))).toEqual([]);
  expect([...PROJECT_ACTIONS.keys()]).not.toContain("user");
});
