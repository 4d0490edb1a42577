import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { checkPage, TARGET_SIZE } from "./page-checks.ts";
import { DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

/** More than a page shows. */
const KEYS = 53;
/** Half of what the page with ten keys had when each control of a row was one. */
const MAX_STOPS = 49;

const nameOf = (n: number) => `clerk ${String(n).padStart(2, "0")}`;

test("the keys page has as many tab stops with 50 keys as with 3, and everything in it is reached by keyboard", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, call } = await prepareProject(demo, { slug: "ledger", name: "Ledger clerks" });
  for (let n = 1; n <= KEYS; n++)
    await call("POST", `/projects/${projectId}/keys`, {
      name: nameOf(n),
      environment: "test",
      tags: ["books"],
    });
  const keys = `${demo.portalUrl}/projects/${projectId}/keys`;
  const box = page.getByRole("region", { name: "Keys", exact: true });
  const table = page.getByRole("table", { name: "Keys" });
  const link = (n: number) => table.getByRole("link", { name: nameOf(n) });
  const checkbox = (n: number) => table.getByRole("checkbox", { name: `Select ${nameOf(n)}` });
  const menu = (n: number) => table.getByRole("button", { name: `Actions for ${nameOf(n)}` });
  const press = async (...all: string[]) => {
    for (const key of all) await page.keyboard.press(key);
  };
  const next = page.getByRole("link", { name: "Next" });
  /** Opens the list with the focus on its first row. */
  const openList = async (query: string) => {
    await page.goto(`${keys}?${query}`);
    await startTabbing(page);
    await box.focus();
    await press("Tab", "Tab");
  };

  await test.step("the tab stops are few, and don't depend on the number of rows", async () => {
    await page.goto(`${keys}?sort=name`);
    const href = await next.getAttribute("href");
    const full = await countStops(page);
    expect(full.table).toBe(3);
    expect(full.page).toBeLessThanOrEqual(MAX_STOPS);
    await page.goto(`${demo.portalUrl}${href}`);
    await expect(table.getByRole("row")).toHaveCount(1 + KEYS - 50);
    expect(await countStops(page)).toEqual(full);
    await checkPage(page, "the keys page by keyboard", TARGET_SIZE);
  });

  await test.step("the table says which keys it has, and the keys move in headings and rows", async () => {
    await openList("sort=name");
    await expect(link(1)).toBeFocused();
    await press("Shift+Tab");
    await expect(table.getByRole("checkbox", { name: "Select all keys on this page" })).toBeFocused();
    await press("Shift+Tab");
    await expect(box).toBeFocused();
    await expect(page.getByRole("tooltip")).toContainText("Arrow keys move between the rows");
    await press("Tab", "Tab", "ArrowDown", "ArrowDown");
    await expect(link(3)).toBeFocused();
    await press("ArrowRight");
    await expect(
      table.getByRole("row", { name: nameOf(3) }).getByRole("link", { name: "books" }),
    ).toBeFocused();
    await press("ArrowRight");
    await expect(menu(3)).toBeFocused();
    await press("Home", "ArrowUp");
    await expect(checkbox(2)).toBeFocused();
    await press("Control+End");
    await expect(menu(50)).toBeFocused();
    await press("PageUp");
    await expect(menu(40)).toBeFocused();
    await press("Control+Home");
    await expect(checkbox(1)).toBeFocused();
    await press("ArrowUp", "ArrowRight");
    await expect(table.getByRole("link", { name: "Name", exact: true })).toBeFocused();
    await press("ArrowDown");
    await expect(link(1)).toBeFocused();
    await press("Tab");
    await expect(next).toBeFocused();
    await press("Shift+Tab");
    await expect(link(1)).toBeFocused();
  });

  await test.step("a key opens, and so does its menu, at its first item, and both return the focus", async () => {
    const opened = page.getByRole("menu", { name: `Actions for ${nameOf(1)}` });
    await press("End", "Enter");
    await expect(opened.getByRole("menuitem").first()).toBeFocused();
    await press("Tab");
    await expect(opened).toHaveCount(0);
    await expect(menu(1)).toBeFocused();
    await press("Space");
    await expect(opened.getByRole("menuitem").first()).toBeFocused();
    await press("ArrowDown");
    await expect(opened.getByRole("menuitem", { name: "Copy ID" })).toBeFocused();
    await press("Escape");
    await expect(menu(1)).toBeFocused();
    await press("Home", "?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await press("Escape");
    await expect(checkbox(1)).toBeFocused();
    await press("End");
    await press("Home", "ArrowRight", "ArrowDown");
    await expect(link(2)).toBeFocused();
    await press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: nameOf(2) })).toBeVisible();
    await page.goBack();
    await expect(link(2)).toBeFocused();
    await press("ArrowDown");
    await expect(link(3)).toBeFocused();
  });

  await test.step("the menus of project and user have the names of their buttons, and open at their first items", async () => {
    for (const name of [/, switch project$/, /, account and theme$/]) {
      await page.getByRole("button", { name }).focus();
      await press("Enter");
      await expect(page.getByRole("menu", { name }).getByRole("menuitem").first()).toBeFocused();
      await press("Escape");
      await expect(page.getByRole("button", { name })).toBeFocused();
    }
  });

  await test.step("three keys are selected and disabled, and the focus is back in the table", async () => {
    await openList("sort=name");
    await press("Home", "Space", "ArrowDown", "Space", "ArrowDown", "Space");
    const bar = page.getByRole("region", { name: "Selected keys" });
    await expect(bar).toContainText("3 keys selected");
    await tabTo(page, bar.getByRole("button", { name: "Disable…" }), "Shift+Tab");
    await press("Enter");
    await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
    await tabTo(page, page.getByRole("button", { name: "Disable 3 keys" }));
    await press("Enter");
    await expect(table.getByRole("row", { name: nameOf(3) })).toContainText("Disabled");
    await expect(bar).toHaveCount(0);
    await expect(checkbox(3)).toBeFocused();
  });

  await test.step("when the row with the focus is removed, the one in its place has it", async () => {
    await openList("sort=name&status=active");
    await expect(link(4)).toBeFocused();
    await press("ArrowDown", "End", "Enter");
    await expect(page.getByRole("menuitem", { name: "Copy ID" })).toBeVisible();
    await press("ArrowUp");
    await expect(page.getByRole("menuitem", { name: "Revoke key…" })).toBeFocused();
    await press("Enter");
    await expect(page.getByRole("button", { name: "Cancel" })).toBeFocused();
    await tabTo(page, page.getByRole("button", { name: "Revoke key", exact: true }));
    await press("Enter");
    await expect(link(5)).toHaveCount(0);
    await expect(menu(6)).toBeFocused();
  });

  await test.step("the focus goes to the first row of the last page, and a search keeps it in its field", async () => {
    await openList("sort=name");
    await press("Control+End", "Tab");
    await expect(next).toBeFocused();
    await press("Enter");
    await expect(link(51)).toBeFocused();
    await press("/");
    await page.keyboard.type(nameOf(7));
    await expect(table.getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("main").getByRole("searchbox")).toBeFocused();
    await tabTo(page, link(7));
  });
});

test("text in a row can be selected, and a press anywhere else in the row opens it", async ({
  page,
  context,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, call } = await prepareProject(demo, { slug: "cards", name: "Card readers" });
  const names = ["left reader", "right reader"];
  for (const name of names) await call("POST", `/projects/${projectId}/keys`, { name, environment: "test" });
  const keys = `${demo.portalUrl}/projects/${projectId}/keys`;
  await page.goto(keys);
  const row = page.getByRole("row", { name: /left reader/ });
  const link = row.getByRole("link", { name: "left reader" });
  const status = row.getByText("Active", { exact: true }).filter({ visible: true });
  const selected = () => page.evaluate(() => document.getSelection()?.toString().trim());
  const drag = async (over: Locator) => {
    // What the first move of the pointer loads.
    await expect(page.locator(":root[data-watches-rows]")).toBeAttached();
    const box = await over.boundingBox();
    if (!box) throw new Error("it is not visible");
    await page.mouse.move(box.x + 1, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 1, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
  };

  await test.step("a drag selects the text, and opens nothing", async () => {
    await link.hover();
    const hint = row.getByText(/…/);
    for (const part of [status, hint]) {
      const text = await part.textContent();
      await drag(part);
      // The ends of a drag may be in the middle of a character.
      expect(text).toContain(await selected());
      expect((await selected())?.length).toBeGreaterThan(3);
      expect(page.url()).toBe(keys);
    }
  });

  await test.step("a press opens the key, and a return has the focus where it was", async () => {
    await status.click();
    await expect(page.getByRole("heading", { level: 1, name: "left reader" })).toBeVisible();
    await page.goBack();
    await expect(link).toBeFocused();
  });

  await test.step("with Ctrl or the middle button, it opens in another tab", async () => {
    for (const how of [{ modifiers: ["ControlOrMeta" as const] }, { button: "middle" as const }]) {
      const [tab] = await Promise.all([context.waitForEvent("page"), status.click(how)]);
      await expect(tab).toHaveURL(/\/keys\/key_/);
      await tab.close();
      expect(page.url()).toBe(keys);
    }
  });

  await test.step("what opens a page is loaded before the press, and what opens a dialog is not", async () => {
    const fetched: string[] = [];
    page.on("request", (request) => {
      if (request.headers()["next-router-prefetch"] !== undefined) fetched.push(request.url());
    });
    await page.getByRole("link", { name: "Create key" }).hover();
    await page.getByRole("link", { name: "Create key" }).focus();
    await page
      .getByRole("row", { name: /right reader/ })
      .getByText("Active", { exact: true })
      .filter({ visible: true })
      .hover();
    await expect.poll(() => fetched.some((url) => /\/keys\/key_/.test(url))).toBe(true);
    expect(fetched.filter((url) => url.includes("new=1"))).toEqual([]);
    await page.getByRole("link", { name: "Create key" }).click();
    await expect(page.getByRole("dialog").getByLabel("Name")).toBeVisible();
    expect(fetched.filter((url) => url.includes("new=1"))).toEqual([]);
  });
});

/** Waits until the page has what it loads when the focus first moves. Leaves the focus at the first stop of the page. */
async function startTabbing(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  await expect(page.locator("table.table tbody [tabindex='-1']").first()).toBeAttached();
}

/** Presses Tab until each tab stop of the page has had the focus. Counts them, and those of the table. */
async function countStops(page: Page): Promise<{ page: number; table: number }> {
  await startTabbing(page);
  const counts = { page: 0, table: 0 };
  for (;;) {
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body || "counted" in element.dataset)
        return null;
      element.dataset.counted = "";
      return { isInTable: element.matches("[role=region]:has(> .table), .table *") };
    });
    if (stop === null) return counts;
    counts.page++;
    if (stop.isInTable) counts.table++;
    await page.keyboard.press("Tab");
  }
}

/** Presses the key until the element has the focus. */
async function tabTo(page: Page, element: Locator, key = "Tab"): Promise<void> {
  for (let pressed = 0; pressed < 20; pressed++) {
    if (await element.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(element).toBeFocused();
}
