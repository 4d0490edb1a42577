import { expect, test } from "vitest";
import { ADMIN_PAGES, currentHref, projectPages } from "./nav.ts";

test("every member finds the alerts, developers the tokens, and owners all pages of a project", () => {
  const added = (role: "viewer" | "developer" | "owner") =>
    projectPages({ id: "prj_1", role })
      .map(({ href }) => href.slice("/projects/prj_1/".length))
      .filter((name) => ["tokens", "alerts", "webhooks", "audit"].includes(name));
  expect(added("viewer")).toEqual(["alerts"]);
  expect(added("developer")).toEqual(["tokens", "alerts"]);
  expect(added("owner")).toEqual(["tokens", "alerts", "webhooks", "audit"]);
});

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
