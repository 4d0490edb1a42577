import type { Page } from "@playwright/test";
import type { Deployment } from "./deployment.ts";
import { expect, test } from "./fixtures.ts";
import { COMBINATIONS, checkPage, expectFits, isChecked, TARGET_SIZE, WIDTHS } from "./page-checks.ts";
import { BEFORE_SIGN_IN, PAGES } from "./page-list.ts";
import { DEMO_ADMIN, signIn } from "./steps.ts";

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
        await checkPage(page, path, TARGET_SIZE);
        for (const other of WIDTHS) {
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
