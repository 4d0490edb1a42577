import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { createKey, createProject, DEMO_ADMIN, signIn, takeSecret } from "./steps.ts";

/** The next server action is executed, but its response never arrives. */
async function loseNextResponse(page: Page): Promise<void> {
  let lost = false;
  await page.route("**/*", async (route) => {
    if (lost || route.request().headers()["next-action"] === undefined) return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
}

const LOST = /its answer was lost\. Try again/;

test("a key whose response is lost is created once, and the retry shows its secret", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const projectId = await createProject(page, demo, "Lost key");
  await page.goto(`${demo.portalUrl}/projects/${projectId}/keys`);
  await page.getByRole("link", { name: "Create key" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("checkout");
  await loseNextResponse(page);
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText(LOST)).toBeVisible();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("This is the result of your first attempt.")).toBeVisible();
  expect(await takeSecret(page)).toMatch(/^lk_live_[0-9A-Za-z]{36}$/);
  await page.goto(`${demo.portalUrl}/projects/${projectId}/keys`);
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a rotation whose response is lost keeps the old secret's overlap, and a second rotation asks for confirmation", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const projectId = await createProject(page, demo, "Lost rotation");
  const original = await createKey(page, demo, projectId, "checkout");
  await page.getByRole("link", { name: "Secrets", exact: true }).click();
  const rotate = page.getByRole("button", { name: "Rotate key…" });
  const submit = page.getByRole("button", { name: "Rotate key", exact: true });
  await rotate.click();
  await expect(page.getByText("This key has never been used.")).toBeVisible();
  await loseNextResponse(page);
  await submit.click();
  await expect(page.getByRole("dialog").getByText(LOST)).toBeVisible();
  await submit.click();
  const fresh = await takeSecret(page);
  expect(fresh).toMatch(/^lk_live_[0-9A-Za-z]{36}$/);
  expect(fresh).not.toBe(original);
  await expect(page.getByText("Rotation in progress")).toBeVisible();
  // The original is the older one, and it still works.
  await expect(page.getByText(original.slice(-4)).first()).toBeVisible();
  await expect(page.getByText(fresh.slice(-4)).first()).toBeVisible();

  await rotate.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("No request used it in the last hour.")).toBeVisible();
  await submit.click();
  await expect(dialog.getByText("Nothing was changed: an older secret still works.")).toBeVisible();
  await dialog.getByLabel("End the older secret now").check();
  await submit.click();
  expect(await takeSecret(page)).not.toBe(fresh);
});

test("a token whose response is lost is shown when its dialog is opened again, even after a reload", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/account?new=1`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("lost token");
  await loseNextResponse(page);
  await page.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByText(LOST)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.goto(`${demo.portalUrl}/account?new=1`);
  await expect(page.getByText("This is the result of your first attempt.")).toBeVisible();
  expect(await takeSecret(page)).toMatch(/^lk_mgt_[0-9A-Za-z]{36}$/);
  await expect(page.getByText("lost token")).toHaveCount(1);
});
