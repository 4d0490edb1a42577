import type { Page } from "@playwright/test";
import type { Deployment } from "./deployment.ts";
import { expect, test } from "./fixtures.ts";
import { COMBINATIONS, checkPage, expectFits, isChecked } from "./page-checks.ts";
import { DEMO_ADMIN, signIn } from "./steps.ts";

/** Pages without sign-in. Their links are invalid; valid ones are tested by the journeys that create them. */
const BEFORE_SIGN_IN = [
  "/sign-in",
  "/sign-in?error=NotInvited",
  "/sign-up",
  "/setup",
  "/sign-up?token=x",
  "/invite?token=x",
  "/found-a-key",
  "/forgot-password",
  "/reset-password?token=x",
];

/** Every page, and its states with a URL. `{p}`: a project, `{k}`: one of its keys. */
const PAGES = [
  "/projects",
  "/projects?new=1",
  "/projects/{p}",
  "/projects/{p}/keys",
  "/projects/{p}/keys?new=1",
  "/projects/{p}/keys?q=nothing-is-called-so",
  "/projects/{p}/keys/{k}",
  "/projects/{p}/keys/{k}?tab=restrictions",
  "/projects/{p}/keys/{k}?tab=restrictions&allow.ips=203.0.113.9&allow.referrers=*example.com",
  "/projects/{p}/keys/{k}?tab=limits",
  "/projects/{p}/keys/{k}?tab=secrets",
  "/projects/{p}/keys/{k}?tab=denials&range=30d",
  "/projects/{p}/keys?restricted=none",
  "/projects/{p}/keys/{k}?tab=history",
  "/projects/{p}/keys/{k}?tab=settings",
  "/projects/{p}/usage",
  "/projects/{p}/usage?range=90d",
  "/projects/{p}/denials",
  "/projects/{p}/denials?range=30d&code=KEY_EXPIRED",
  "/projects/{p}/limits",
  "/projects/{p}/apis",
  "/projects/{p}/members",
  "/projects/{p}/settings",
  "/projects/{p}/webhooks",
  "/projects/{p}/webhooks?new=1",
  "/projects/{p}/audit",
  "/apis",
  "/apis/live",
  "/apis/live?stack=nginx",
  "/admin",
  "/admin/apis",
  "/admin/apis/new",
  "/admin/approvals",
  "/admin/service-tokens",
  "/admin/service-tokens?new=1",
  "/admin/projects",
  "/admin/projects?search=nothing-is-called-so",
  "/admin/keys",
  "/admin/keys?restricted=none&status=revoked&environment=test",
  "/admin/unused",
  "/admin/unused?unusedForDays=30&sort=createdAt",
  "/admin/policies",
  "/admin/users",
  "/admin/users?secondFactor=none",
  "/admin/management-tokens",
  "/admin/verifiers",
  "/admin/audit",
  "/admin/audit?action=key&from=2026-01-01",
  "/notifications",
  "/account",
  "/nowhere",
];

for (const combination of COMBINATIONS) {
  const { name, viewport, colorScheme } = combination;
  test.describe(name, () => {
    test.use({ viewport, colorScheme });

    test("no page has an axe violation, breaks the content security policy, or is wider than the screen", {
      tag: "@axe",
    }, async ({ page, demo }) => {
      test.setTimeout(900_000);
      const complaints = listen(page);
      const visit = async (path: string, template: string) => {
        if (!isChecked(template, combination)) return;
        await page.setViewportSize(viewport);
        await page.goto(`${demo.portalUrl}${path}`);
        await page.waitForLoadState("networkidle");
        await checkPage(page, path);
        for (const other of COMBINATIONS) {
          await page.setViewportSize(other.viewport);
          await expectFits(page, `${path}, ${other.name}`);
        }
      };
      for (const path of BEFORE_SIGN_IN) await visit(path, path);
      await signIn(page, demo, DEMO_ADMIN);
      for (const { path, template } of await addresses(page, demo)) await visit(path, template);
      expect(complaints).toEqual([]);
    });
  });
}

// The other test covers every page on SQLite, in a browser. Here only the server's queries differ.
test("the server renders every page without an error on Postgres too", { tag: "@postgres" }, async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  for (const path of [...BEFORE_SIGN_IN, ...(await addresses(page, demo)).map(({ path }) => path)]) {
    const response = await page.request.get(`${demo.portalUrl}${path}`);
    expect(response.status(), path).toBe(path === "/nowhere" ? 404 : 200);
  }
  expect(demo.output()).not.toContain("a page failed");
});

/** Errors and policy violations that the browser logs, except for expected 404 responses. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return complaints;
}

/** Each page's path, and what it contains. */
async function addresses(
  page: Page,
  { portalUrl }: Deployment,
): Promise<{ path: string; template: string }[]> {
  await page.goto(`${portalUrl}/projects`);
  const project = await page
    .getByRole("link", { name: /Community bots/ })
    .first()
    .getAttribute("href");
  await page.goto(`${portalUrl}${project}/keys`);
  const key = await page
    .getByRole("link", { name: /Welcome bot/ })
    .first()
    .getAttribute("href");
  const [, , p = "", , k = ""] = (key ?? "").split("/");
  return PAGES.map((template) => ({ template, path: template.replace("{p}", p).replace("{k}", k) }));
}
