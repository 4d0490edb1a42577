import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { check, createKey, DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

test("a key's limits are set, reached at the verifier and shown; an administrator sets the ceiling", {
  tag: "@both-long",
}, async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "limited", name: "Held" });
  const project = `${demo.portalUrl}/projects/${projectId}`;
  const secret = await createKey(page, demo, projectId, "metered");
  await page.waitForURL(/\/keys\/key_/);
  const key = page.url().split("?")[0] ?? "";
  const ask = async () => (await check(demo.verifierUrl, service, secret, "limited")).code;

  await page.goto(`${key}?tab=limits`);
  await page.getByLabel("Rate limit", { exact: true }).fill("2");
  await page.getByLabel("Per", { exact: true }).fill("1");
  await page.getByLabel("Time unit", { exact: true }).selectOption({ label: "seconds" });
  await page.getByLabel("Quota", { exact: true }).fill("4");
  await saveLimits(page);
  await expect.poll(ask).toBe("RATE_LIMITED");
  await expect.poll(ask, { timeout: 15_000 }).toBe("QUOTA_EXCEEDED");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("4 of 4 units this month")).toBeVisible({ timeout: 1_000 });
    await expect(page.getByRole("link", { name: /by a quota/ })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("link", { name: /by a quota/ }).click();
  await expect(page).toHaveURL(/code=QUOTA_EXCEEDED/);

  await page.goto(`${project}/limits`);
  const ceiling = page.locator("section").filter({ has: page.getByRole("heading", { name: "Ceiling" }) });
  await ceiling.getByLabel("Quota", { exact: true }).fill("5");
  await ceiling.getByRole("button", { name: "Save limits" }).click();
  await expect(ceiling.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("4 of 5 units this month")).toBeVisible();
});

async function saveLimits(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}
