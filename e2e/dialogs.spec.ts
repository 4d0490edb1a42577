import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { WIDTHS } from "./page-checks.ts";
import { DEMO_ADMIN, signIn } from "./steps.ts";

/** The next server action is not sent before the returned function is called. */
async function delayNextAction(page: Page): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let isHeld = false;
  await page.route("**/*", async (route) => {
    if (isHeld || route.request().headers()["next-action"] === undefined) return route.fallback();
    isHeld = true;
    await released;
    await route.fallback();
  });
  return release;
}

test("the traffic of a key, which its dialogs load, moves none of their buttons", async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/projects`);
  await page
    .getByRole("link", { name: /Community bots/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Keys", exact: true }).first().click();
  await page
    .getByRole("link", { name: /Welcome bot/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Secrets", exact: true }).click();
  for (const { name, viewport } of WIDTHS) {
    await page.setViewportSize(viewport);
    for (const button of ["Report leak…", "Rotate key…"]) {
      await test.step(`${button} ${name}`, async () => {
        const release = await delayNextAction(page);
        await page.getByRole("button", { name: button }).click();
        const dialog = page.getByRole("dialog");
        const submit = dialog.locator("button[type=submit]");
        // Waits until the dialog has opened.
        await submit.click({ trial: true });
        const place = await submit.boundingBox();
        release();
        await expect(dialog.getByText(/ used this key/)).toBeVisible();
        expect(await submit.boundingBox()).toEqual(place);
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await expect(dialog).toBeHidden();
      });
    }
  }
});
