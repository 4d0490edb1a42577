import { expect, test } from "vitest";
import { auditFilterOf, auditHref, readAuditState } from "./audit-address.ts";

const read = (query: string) => readAuditState(new URLSearchParams(query));

test("an address and the state that it is read to are one and the same", () => {
  const state = {
    actor: "usr_1",
    action: "key.revoked",
    about: "key_1",
    from: "2026-11-01",
    to: "2026-11-23",
  };
  expect(read(auditHref("/x", state).slice(3))).toEqual(state);
  expect(auditHref("/x", {})).toBe("/x");
});

test("what can't be meant is left out", () => {
  expect(read("actor=%27&action=;drop&from=yesterday&to=2026-13-45&about=&other=1")).toEqual({});
});

test("the last day is included", () => {
  expect(auditFilterOf({ from: "2026-11-23", to: "2026-11-23" })).toMatchObject({
    from: Date.UTC(2026, 10, 23),
    to: Date.UTC(2026, 10, 24),
  });
});

test("a project's id means the project on the site's page, and a thing on the project's own", () => {
  expect(auditFilterOf({ about: "prj_1" })).toMatchObject({ projectId: "prj_1", subjectId: undefined });
  expect(auditFilterOf({ about: "key_1" })).toMatchObject({ projectId: undefined, subjectId: "key_1" });
  expect(auditFilterOf({ about: "prj_2" }, "prj_1")).toMatchObject({
    projectId: "prj_1",
    subjectId: "prj_2",
  });
});
