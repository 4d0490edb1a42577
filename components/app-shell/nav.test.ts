import { expect, test } from "vitest";
import { ADMIN_PAGES, currentHref, projectPages } from "./nav.ts";

test("every page belongs to one entry of the sidebar", () => {
  const pages = projectPages({ id: "prj_1", role: "owner" });
  const entries = {
    "/projects/prj_1": "/projects/prj_1",
    "/projects/prj_1/keys/key_1": "/projects/prj_1/keys",
    "/projects/prj_1/customers": "/projects/prj_1/keys",
    "/projects/prj_1/apis/live/plan": "/projects/prj_1/apis",
  };
  expect(Object.fromEntries(Object.keys(entries).map((path) => [path, currentHref(path, pages)]))).toEqual(
    entries,
  );
  expect(currentHref("/admin/exemptions", ADMIN_PAGES)).toBe("/admin/policies");
  expect(currentHref("/admin/apis/live/plans", ADMIN_PAGES)).toBe("/admin/apis");
  expect(currentHref("/admin", ADMIN_PAGES)).toBe("/admin");
  expect(currentHref("/account", ADMIN_PAGES)).toBeNull();
});
