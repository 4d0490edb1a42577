import { readdirSync } from "node:fs";
import type { Request } from "@playwright/test";
import { expect, test, waitForHydration } from "./fixtures.ts";
import { expectFits } from "./page-checks.ts";
import { createKey, createProject, DEMO_ADMIN, signIn } from "./steps.ts";

test("the frame around the pages keeps the project, the input and the page, also without session or connection", async ({
  page,
  context,
  browser,
  demo,
}) => {
  const { portalUrl } = demo;
  await signIn(page, demo, DEMO_ADMIN);
  const projectId = await createProject(page, demo, "Lighthouse keepers");
  const sidebar = page.getByRole("navigation", { name: "Main" });
  const overview = sidebar.getByRole("link", { name: "Overview" });
  const keys = `/projects/${projectId}/keys`;

  await test.step("pages outside of projects keep the last one, until its reader opens the list", async () => {
    await sidebar.getByRole("link", { name: "APIs" }).last().click();
    await expect(page).toHaveURL(`${portalUrl}/apis`);
    await expect(overview).toHaveAttribute("href", `/projects/${projectId}`);
    for (const path of ["/account", "/notifications"]) {
      await page.goto(`${portalUrl}${path}`);
      await expect(overview).toHaveAttribute("href", `/projects/${projectId}`);
    }
    await page.goto(`${portalUrl}/admin`);
    await expect(sidebar.getByText("Lighthouse keepers")).toBeVisible();
    await sidebar.getByRole("link", { name: "Projects" }).first().click();
    await expect(sidebar.getByText("Choose a project")).toBeVisible();
    await expect.poll(() => page.evaluate(() => document.cookie)).not.toContain(projectId);
    await page.goto(`${portalUrl}/account`);
    await expect(sidebar.getByText("Choose a project")).toBeVisible();
  });

  await test.step("a press outside a dialog keeps its input, and its buttons stay in view", async () => {
    await page.setViewportSize({ width: 1_440, height: 600 });
    await page.goto(`${portalUrl}${keys}?new=1`);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("lamp");
    await expect(dialog.getByRole("button", { name: "Create key" })).toBeInViewport({ ratio: 1 });
    await page.mouse.click(5, 300);
    await expect(dialog.getByLabel("Name")).toHaveValue("lamp");
    await page.setViewportSize({ width: 1_440, height: 900 });
  });

  await test.step("an expired session keeps the input, and links to the sign-in", async () => {
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByRole("button", { name: "Create key" }).click();
    const [tab] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "Sign in again in a new tab" }).click(),
    ]);
    await expect(tab).toHaveURL(/\/sign-in/);
    await tab.close();
    await context.addCookies(cookies);
    await page.getByRole("button", { name: "Create key" }).click();
    await expect(page.getByRole("heading", { name: "Store the secret of lamp" })).toBeVisible();
  });

  await test.step("the name of the shortcut fits the system", async () => {
    await page.goto(`${portalUrl}${keys}`);
    const mac = await page.evaluate(() => navigator.userAgent.includes("Mac"));
    await expect(sidebar.getByText(mac ? "⌘K" : "Ctrl K", { exact: true })).toBeVisible();
  });

  await test.step("by keyboard: search, create, help, and an action of the command menu", async () => {
    await page.goto(`${portalUrl}${keys}`);
    await page.keyboard.press("/");
    await expect(page.getByRole("main").getByRole("searchbox").first()).toBeFocused();
    await page.keyboard.type("c?");
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toContainText("Keyboard shortcuts");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("c");
    await expect(page).toHaveURL(/[?&]new=1/);
    await expect(page.getByRole("dialog").getByLabel("Name")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Search projects, keys and pages" })).toBeFocused();
    await page.keyboard.type("lamp");
    await expect(page.getByRole("option", { name: /^Rotate lamp/ })).toBeVisible();
    await page.getByRole("option", { name: /^Rotate lamp/ }).click();
    await expect(page.getByRole("dialog")).toContainText("Rotate");
    await page.keyboard.press("Escape");
  });

  await test.step("several keys are tagged and disabled at once, and one of them by its row menu", async () => {
    await createKey(page, demo, projectId, "buoy");
    await page.goto(`${portalUrl}${keys}`);
    for (const name of ["lamp", "buoy"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    const bar = page.getByRole("region", { name: "Selected keys" });
    await expect(bar).toContainText("2 keys selected");
    await bar.getByRole("button", { name: "Edit tags…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("textbox").first().fill("harbour");
    await dialog.getByRole("button", { name: /tags/i }).click();
    await expect(page.getByText("Tags of 2 keys changed.")).toBeVisible();
    await page.getByRole("checkbox", { name: "Select all keys on this page" }).check();
    await bar.getByRole("button", { name: "Disable…" }).click();
    await dialog.getByRole("button", { name: /^Disable/ }).click();
    await expect(page.getByRole("row", { name: /lamp/ })).toContainText("Disabled");
    await expect(page.getByRole("row", { name: /buoy/ })).toContainText("Disabled");
    await page.getByRole("button", { name: "Actions for buoy" }).click();
    await page.getByRole("menuitem", { name: "Enable key" }).click();
    await expect(page.getByRole("row", { name: /buoy/ })).toContainText("Active");
  });

  await test.step("offline, numbers say that they are old, and a link waits for the connection", async () => {
    await page.goto(`${portalUrl}/projects/${projectId}/usage`);
    await expect(page.getByText("Updating", { exact: true })).toBeVisible();
    await context.setOffline(true);
    await expect(page.getByText("You are offline. These numbers may be out of date.")).toBeVisible();
    await sidebar.getByRole("link", { name: "Members" }).click();
    await expect(page.getByText("You are offline. Links open when the connection is back.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();
    await expect(page.getByText("You are offline.")).toHaveCount(0);
  });

  await test.step("a first press without a connection leaves the page as it is", async () => {
    // Another browser, which has loaded nothing that the portal loads on use.
    const other = await browser.newContext({ storageState: await context.storageState() });
    const fresh = await other.newPage();
    await fresh.goto(`${portalUrl}/projects/${projectId}/usage`);
    await expect(fresh.getByText("Updating", { exact: true })).toBeVisible();
    await other.setOffline(true);
    await expect(fresh.getByText("You are offline. These numbers may be out of date.")).toBeVisible();
    const failed = fresh.waitForEvent("requestfailed", (request) => request.url().endsWith(".js"));
    await fresh.getByRole("heading", { level: 1 }).click();
    await failed;
    await fresh.getByRole("link", { name: "Members" }).click();
    await expect(fresh.getByRole("heading", { level: 1, name: "Usage" })).toBeVisible();
    await other.setOffline(false);
    await expect(fresh.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();
    // The link has loaded the whole page: its scripts must have arrived too.
    await waitForHydration(fresh);
    await other.setOffline(true);
    await fresh.getByRole("button", { name: "Invite member" }).click();
    await expect(fresh.getByText("You are offline.")).toBeVisible();
    await expect(fresh.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();
    await other.setOffline(false);
    await expect(fresh.getByRole("dialog")).toBeVisible();
    await other.close();
  });

  await test.step("the code of a dialog is there before its button is pressed", async () => {
    const other = await browser.newContext({ storageState: await context.storageState() });
    const fresh = await other.newPage();
    const scripts = { started: 0, ended: 0 };
    const count = (request: Request, what: keyof typeof scripts) => {
      if (request.resourceType() === "script") scripts[what]++;
    };
    fresh.on("request", (request) => count(request, "started"));
    fresh.on("requestfinished", (request) => count(request, "ended"));
    fresh.on("requestfailed", (request) => count(request, "ended"));
    await fresh.goto(`${portalUrl}${keys}`);
    await waitForHydration(fresh);
    // Loads what the first use of a pointer loads.
    await fresh.getByRole("heading", { level: 1 }).click();
    await expect(fresh.locator("[aria-label=Messages]")).toBeAttached();
    await expect(fresh.locator("table.table tbody [tabindex='-1']").first()).toBeAttached();
    await expect.poll(() => scripts.started - scripts.ended).toBe(0);
    const before = scripts.started;
    await fresh.getByRole("link", { name: "Create key" }).hover();
    await expect.poll(() => scripts.started).toBeGreaterThan(before);
    await expect.poll(() => scripts.started - scripts.ended).toBe(0);
    const loaded = scripts.started;
    await fresh.getByRole("link", { name: "Create key" }).click();
    await expect(fresh.getByRole("dialog").getByLabel("Name")).toBeVisible();
    expect(scripts.started).toBe(loaded);
    await other.close();
  });

  await test.step("a dialog whose code the portal does not answer with opens once it does", async () => {
    const other = await browser.newContext({ storageState: await context.storageState() });
    const fresh = await other.newPage();
    await fresh.goto(`${portalUrl}/projects/${projectId}/members`);
    await expect(fresh.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();
    await fresh.waitForLoadState("networkidle");
    await fresh.route("**/*.js", (route) => route.fulfill({ status: 503 }));
    await fresh.getByRole("button", { name: "Invite member" }).click();
    await expect(fresh.getByText("Waiting for the portal.")).toBeVisible();
    await expect(fresh.getByRole("heading", { level: 1, name: "Members" })).toBeVisible();
    await fresh.unroute("**/*.js");
    await expect(fresh.getByRole("dialog")).toBeVisible();
    await expect(fresh.getByText("Waiting for the portal.")).toHaveCount(0);
    await other.close();
  });

  await test.step("a URL that no page has keeps the navigation", async () => {
    for (const path of ["/nowhere", "/projects/prj_none"]) {
      await page.goto(`${portalUrl}${path}`);
      await expect(page.getByRole("heading", { name: /^Page not found/ })).toBeVisible();
      await expect(sidebar.getByRole("link", { name: "Admin" })).toBeVisible();
    }
  });

  await test.step("on a phone, nothing lies over the button that closes the menu", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${portalUrl}${keys}`);
    await page.getByRole("button", { name: "Open menu" }).click();
    const menu = page.getByRole("dialog", { name: "Menu" });
    await expect(menu.getByRole("link", { name: /Notifications/ })).toHaveCount(0);
    await menu.getByRole("button", { name: "Close menu" }).click();
    await expect(menu).toBeHidden();
  });
});

test("a printed page has every column of its table, and nothing to press", async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  // A4 without its margins.
  await page.setViewportSize({ width: 690, height: 980 });
  await page.goto(`${demo.portalUrl}/admin/keys`);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("columnheader")).toHaveCount(8);
  await expect(page.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
  await expectFits(page, "/admin/keys, printed");
});

test("a page that refreshes itself does so behind a proxy that hides probes, and stays while the database is unavailable", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  // As `deploy/caddy/Caddyfile` answers.
  await page.route("**/livez", (route) => route.fulfill({ status: 404 }));
  const isRefresh = (request: Request) =>
    request.headers().rsc !== undefined && new URL(request.url()).pathname === "/admin/verifiers";
  await page.goto(`${demo.portalUrl}/admin/verifiers`);
  await page.waitForRequest(isRefresh);
  await page.route("**/notifications/unread", (route) => route.fulfill({ status: 503 }));
  const failed = () => page.waitForResponse((response) => response.status() === 503);
  await failed();
  let refreshes = 0;
  page.on("request", (request) => {
    if (isRefresh(request)) refreshes++;
  });
  await failed();
  await failed();
  expect(refreshes).toBe(0);
  await expect(page.getByRole("heading", { level: 1, name: "Verifiers" })).toBeVisible();
});

test("the title of a page that does not exist, or that the reader may not see, says so at every level", async ({
  page,
  demo,
}) => {
  const titleOf = async (path: string) => {
    const html = await (await page.request.get(demo.portalUrl + path)).text();
    return /<title>(.*?)<\/title>/.exec(html)?.[1];
  };
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/projects`);
  const project = await page
    .getByRole("link", { name: /Community bots/ })
    .first()
    .getAttribute("href");
  const known: Record<string, string> = { projectId: project?.split("/")[2] ?? "", slug: "live" };
  const fill = (route: string, ids: Record<string, string>) =>
    route.replaceAll(/\[(\w+)\]/g, (_, name: string) => ids[name] ?? "nothing-is-called-so");
  for (const route of routes().filter((each) => each.includes("["))) {
    expect(await titleOf(fill(route, {})), route).toMatch(/^Page not found · (Admin · )?Latchkey$/);
    const path = fill(route, known);
    if (path.includes("nothing-is-called-so"))
      expect(await titleOf(path), path).toMatch(/^Page not found · /);
  }
  for (const form of ["plans", "guides"]) {
    expect(await titleOf(`/admin/apis/live/${form}?edit=nothing`)).toBe("Page not found · Admin · Latchkey");
  }
  await signIn(page, demo, { ...DEMO_ADMIN, email: "developer@demo.example" });
  for (const route of routes().filter((each) => each.startsWith("/admin"))) {
    expect(await titleOf(fill(route, known)), route).toBe("Page not found · Latchkey");
  }
});

/** The path of every page of the portal, such as `/apis/[slug]`. */
function routes(): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page.tsx") && !file.startsWith("(missing)"))
    .map((file) => `/${file.replaceAll(/\(\w+\)\/|\/?page\.tsx$/g, "")}`);
}
