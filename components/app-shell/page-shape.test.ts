import { expect, test } from "vitest";
import { hasCrumbs, shapeOf } from "./page-shape.ts";

test("each page is announced by a skeleton of its shape", () => {
  const paths = {
    "/projects": "table",
    "/projects/prj_1": "panels",
    "/projects/prj_1/keys": "filtered",
    "/projects/prj_1/requests": "filtered2",
    "/projects/prj_1/keys/import": "sections",
    "/projects/prj_1/keys/key_1": "key",
    "/projects/prj_1/usage": "chart",
    "/projects/prj_1/settings": "sections",
    "/projects/prj_1/webhooks": "table",
    "/projects/prj_1/webhooks/whk_1": "sections",
    "/apis": "grid",
    "/apis/live": "sections",
    "/admin": "stats",
    "/admin/users": "filtered",
    "/admin/keys": "filtered2",
    "/admin/apis/live/plans/projects/prj_1": "sections",
    "/admin/projects/deleted/prj_1": "sections",
    "/admin/branding": "sections",
    "/admin/users/usr_1": "sections",
    "/admin/unused/sweeps/swp_1": "table",
    "/notifications": "table",
    "/account": "sections",
    "/account/security": "table",
  };
  expect(Object.fromEntries(Object.keys(paths).map((path) => [path, shapeOf(path)]))).toEqual(paths);
});

test("a page below another one has a breadcrumb, and the overview of a project has none", () => {
  const having = ["/projects/p/keys", "/admin/keys", "/account/security", "/apis/live"];
  expect([...having, "/projects", "/projects/p", "/admin", "/account"].filter(hasCrumbs)).toEqual(having);
});
