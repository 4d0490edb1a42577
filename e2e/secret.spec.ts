import type { Page } from "@playwright/test";
import type { Deployment } from "./deployment.ts";
import { expect, test } from "./fixtures.ts";
import { DEMO_ADMIN, signIn } from "./steps.ts";

test("by keyboard alone: sign in, open a project, create a key, copy it, leave", async ({
  page,
  demo,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: demo.portalUrl });
  await page.goto(`${demo.portalUrl}/sign-in`);
  await page.keyboard.type(DEMO_ADMIN.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_ADMIN.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/projects$/);
  await pressUntil(page, "Tab", ({ isInRow }) => isInRow);
  await pressUntil(page, "ArrowDown", ({ name }) => /^(?!.*New).*Growth/.test(name));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/projects\/prj_/);
  await tabTo(page, /Create key/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.type("created by keyboard");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copy the secret" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Copied." })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^lk_live_[0-9A-Za-z]{36}$/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a secret that was not copied can't be closed by accident, only discarded", async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  await openNewSecret(page, demo);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog")).toContainText("Discard the secret?");
  await page.getByRole("button", { name: "Back to the secret" }).click();
  await expect(page.getByRole("button", { name: "Copy the secret" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Discard secret" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("without clipboard access, the text is selected and the page says so", async ({ page, demo }) => {
  await page.addInitScript(() => {
    const deny = () => Promise.reject(new DOMException("denied", "NotAllowedError"));
    Object.defineProperty(navigator, "clipboard", { value: { writeText: deny, write: deny } });
    document.execCommand = () => false;
  });
  await signIn(page, demo, DEMO_ADMIN);
  await openNewSecret(page, demo);
  await page.getByRole("button", { name: "Copy the secret" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("The text is selected: press Ctrl+C")).toBeVisible();
  await expect(dialog.getByText("Copied.")).toHaveCount(0);
  expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^lk_live_[0-9A-Za-z]{36}$/);
  await page.getByRole("button", { name: "Done" }).click();
});

test("a new service token comes with the code for the chosen stack, masked until it is shown", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/admin/service-tokens?new=1`);
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("badges in production");
  await form.getByLabel("API", { exact: true }).selectOption("live");
  await form.getByRole("button", { name: "Create token" }).click();
  const dialog = page.locator("[data-secret-once]");
  await expect(dialog.getByRole("group", { name: "curl" })).toContainText('"api":"live"');
  await dialog.getByLabel("Language, framework or gateway").selectOption("FastAPI");
  await expect(dialog.getByRole("group", { name: "fastapi_app.py" })).toContainText("require_api_key(app");
  const environment = dialog.getByRole("group", { name: ".env" });
  await expect(environment).toContainText("LATCHKEY_API=live");
  await expect(environment).not.toContainText(/lk_svc_\w{20}/);
  await dialog.getByLabel("Language, framework or gateway").selectOption("nginx");
  await dialog.getByRole("button", { name: "Show the service token" }).click();
  const configuration = dialog.getByRole("group", { name: "nginx.conf" });
  await expect(configuration).toContainText(/X-Latchkey-Token +lk_svc_\w{20}/);
  await expect(configuration).toContainText("/api/v1/gate/nginx/live;");
  await dialog.getByRole("button", { name: "Done" }).click();
});

async function openNewSecret(page: Page, { portalUrl }: Deployment): Promise<void> {
  await page.goto(`${portalUrl}/projects`);
  await page
    .getByRole("link", { name: /Growth/ })
    .first()
    .click();
  await page.getByRole("link", { name: "Create key" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("short-lived");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("button", { name: "Copy the secret" })).toBeVisible();
}

/** Presses Tab until an element with this name has the focus. */
const tabTo = (page: Page, wanted: RegExp) => pressUntil(page, "Tab", ({ name }) => wanted.test(name));

/** What has the focus: its name, and whether it is in a row of a table. */
interface Focused {
  name: string;
  isInRow: boolean;
}

async function pressUntil(page: Page, key: string, isReached: (focused: Focused) => boolean): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (isReached(await focusedOn(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached it: ${JSON.stringify(await focusedOn(page))}`);
}

function focusedOn(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement === document.body ? null : document.activeElement;
    return {
      name: element?.getAttribute("aria-label") ?? element?.textContent ?? "",
      isInRow: element?.closest("tbody") instanceof Element,
    };
  });
}
