import type { Page } from "@playwright/test";
import type { Propagation } from "#domain/keys/propagation/schema.ts";
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
  // Checks before that would use up the quota, and rarer ones would not exceed the rate.
  await expect.poll(() => hasReachedVerifiers(page, project)).toBe(true);
  await expect.poll(ask, { intervals: [50] }).toBe("RATE_LIMITED");
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

test("a project chooses Free, reaches its limit, upgrades and continues", {
  tag: "@both-long",
}, async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "planned", name: "Plan holders" });
  const plans = `${demo.portalUrl}/admin/apis/planned/plans`;
  await addPlan(page, plans, { name: "Free", slug: "free", limit: "2" });
  await addPlan(page, plans, { name: "Pro", slug: "pro", limit: "5" });
  const secret = await createKey(page, demo, projectId, "metered");
  const ask = async () => (await check(demo.verifierUrl, service, secret, "planned")).code;

  await page.goto(`${demo.portalUrl}/projects/${projectId}/apis`);
  await page.getByRole("link", { name: /^Plan of/ }).click();
  await page.getByRole("button", { name: "Choose Free…" }).click();
  await page.getByRole("button", { name: "Choose plan" }).click();
  await expect(page.getByText("Current plan")).toBeVisible();
  await expect.poll(ask).toBe("QUOTA_EXCEEDED");

  await page.getByRole("button", { name: "Change to Pro…" }).click();
  await expect(page.getByLabel("When")).toHaveValue("now");
  await page.getByRole("button", { name: "Choose plan" }).click();
  await expect.poll(ask).toBe("VALID");
  await page.getByRole("button", { name: "Change to Free…" }).click();
  await page.getByLabel("When").selectOption({ label: "At the end of the calendar month (UTC)" });
  await page.getByRole("button", { name: "Choose plan" }).click();
  await expect(page.getByText(/Changes to Free on/)).toBeVisible();
  await page.getByRole("button", { name: "Keep Pro" }).click();
  await expect(page.getByText(/Changes to Free on/)).toBeHidden();

  await page.goto(`${plans}?edit=pro`);
  await page.getByRole("link", { name: "Edit custom terms of Plan holders" }).click();
  await page.getByLabel("Reason").fill("Contract of May.");
  await page.getByLabel("Units of limit 1").fill("9");
  await page.getByRole("button", { name: "Save custom terms" }).click();
  await expect(page.getByText("Custom terms", { exact: true })).toBeVisible();
  await page.goto(`${demo.portalUrl}/projects/${projectId}/apis/planned/plan`);
  await expect(page.getByText("This project has custom terms: Contract of May.")).toBeVisible();
  await expect(page.getByText("9 units per calendar month")).toBeVisible();
});

/** Adds a plan with one monthly quota on its page. */
async function addPlan(page: Page, plans: string, plan: { name: string; slug: string; limit: string }) {
  await page.goto(`${plans}?new=1`);
  await page.getByLabel("Name", { exact: true }).fill(plan.name);
  await page.getByLabel("Slug", { exact: true }).fill(plan.slug);
  await page.getByRole("button", { name: "Add limit" }).click();
  await page.getByLabel("Name of limit 1").fill("calls");
  await page.getByLabel("Units of limit 1").fill(plan.limit);
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(page.getByRole("heading", { name: plan.name, exact: true })).toBeVisible();
}

async function saveLimits(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

/** Whether every verifier knows of the latest change. */
async function hasReachedVerifiers(page: Page, project: string): Promise<boolean> {
  const response = await page.request.get(`${project}/propagation`);
  const { verifiers, reached }: Propagation = await response.json();
  return verifiers > 0 && reached >= verifiers;
}
