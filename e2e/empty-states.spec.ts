import type { Page } from "@playwright/test";
import { startDeployment } from "./deployment.ts";
import { databaseOf, expect, test } from "./fixtures.ts";
import { checkInCombinations } from "./page-checks.ts";
import { becomeFirstAdmin, createProject } from "./steps.ts";

const SITE = [
  "/projects",
  "/apis",
  "/admin",
  "/admin/apis",
  "/admin/approvals",
  "/admin/keys",
  "/admin/service-tokens",
  "/account",
];
const PROJECT = ["", "/keys", "/keys?new=1", "/usage", "/requests", "/limits", "/apis", "/members", "/audit"];

test("an empty site and an empty project have no axe violation, at both widths and in both themes", {
  tag: "@axe",
}, async ({ page, dialect }) => {
  test.setTimeout(900_000);
  const deployment = await startDeployment({ demo: false, databaseUrl: await databaseOf(dialect) });
  try {
    await page.goto(`${deployment.portalUrl}/sign-in`);
    await expect(page.getByText("This portal has no administrator yet.")).toBeVisible();
    await page.goto(deployment.firstAdminLink ?? "");
    await expect(page.getByRole("button", { name: "Create administrator" })).toBeVisible();
    await checkInCombinations(page, "/setup");
    await becomeFirstAdmin(page, deployment);
    await lookAt(page, deployment.portalUrl, SITE);
    const projectId = await createProject(page, deployment, "New");
    await lookAt(page, `${deployment.portalUrl}/projects/${projectId}`, PROJECT);
  } finally {
    await deployment.stop();
  }
});

async function lookAt(page: Page, base: string, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(`${base}${path}`);
    await page.waitForLoadState("networkidle");
    await checkInCombinations(page, path);
  }
}
