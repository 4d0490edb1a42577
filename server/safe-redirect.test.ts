import { expect, test } from "vitest";
import { samePortal, samePortalPath } from "./safe-redirect.ts";

const PORTAL = "https://keys.example.com";
const ELSEWHERE = [
  "https://evil.example/x",
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  ".//evil.example",
  "/.///evil.example",
  "javascript:alert(1)",
  "blob:http://portal.invalid/x",
  "blob:https://keys.example.com/x",
];

test.each(ELSEWHERE)("after signing in, %s leads only into the portal", (next) => {
  expect(new URL(samePortalPath(next), PORTAL).origin).toBe(PORTAL);
  expect(samePortalPath(next)).toMatch(/^\//);
  expect(new URL(samePortal(next, PORTAL))).toMatchObject({ origin: PORTAL, protocol: "https:" });
});

test("a page of the portal is returned to, with its filters", () => {
  expect(samePortalPath("/projects?status=active")).toBe("/projects?status=active");
  expect(samePortal("/projects?status=active", PORTAL)).toBe(`${PORTAL}/projects?status=active`);
});
