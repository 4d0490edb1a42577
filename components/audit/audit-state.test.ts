import { expect, test } from "vitest";
import { AUDIT_LOG, auditFilterOf } from "./audit-state.ts";

const read = (query: string) => AUDIT_LOG.read(new URLSearchParams(query));

test("unusable filters are ignored", () => {
  expect(read("actor=%27&action=;drop&from=yesterday&to=2026-13-45&about=&other=1")).toEqual({});
});

test("the last day is included", () => {
  expect(auditFilterOf({ from: "2026-11-23", to: "2026-11-23" })).toMatchObject({
    from: Date.UTC(2026, 10, 23),
    to: Date.UTC(2026, 10, 24),
  });
});

test("a project's id means the project on the site's page, and any other resource on the project's own", () => {
  expect(auditFilterOf({ about: "prj_1" })).toMatchObject({ projectId: "prj_1", subjectId: undefined });
  expect(auditFilterOf({ about: "key_1" })).toMatchObject({ projectId: undefined, subjectId: "key_1" });
  expect(auditFilterOf({ about: "prj_2" }, "prj_1")).toMatchObject({
    projectId: "prj_1",
    subjectId: "prj_2",
  });
});
