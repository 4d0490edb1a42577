import type { BrowserContext, Page } from "@playwright/test";
import type { Deployment } from "./deployment.ts";
import { expect, test } from "./fixtures.ts";
import { createProject, DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

interface EarlyPage {
  page: Page;
  /** Lets the page's scripts arrive. */
  release: () => void;
  /** How often a document was loaded. */
  loads: () => number;
}

/** Opens a page of which no script arrives yet. Not the fixture's page, which waits for hydration. */
async function openEarly(
  context: BrowserContext,
  { portalUrl }: Deployment,
  path: string,
): Promise<EarlyPage> {
  const page = await context.newPage();
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await promise;
    await route.continue();
  });
  let loads = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads++;
  });
  await page.goto(portalUrl + path, { waitUntil: "commit" });
  return { page, release: resolve, loads: () => loads };
}

test("a form that is sent before hydration keeps its input, and is sent once when the script is there", async ({
  page: signedIn,
  context,
  demo,
}) => {
  await signIn(signedIn, demo, DEMO_ADMIN);
  const projectId = await createProject(signedIn, demo, "Early limits");
  const { page, release, loads } = await openEarly(context, demo, `/projects/${projectId}/limits`);
  const form = page.locator("main form").first();
  await form.getByLabel("Time unit", { exact: true }).selectOption({ label: "seconds" });
  await form.getByLabel("Rate limit", { exact: true }).fill("7");
  await form.getByLabel("Rate limit", { exact: true }).press("Enter");
  await expect(page.locator("html[data-waiting]")).toBeAttached();
  await expect(form.getByLabel("Rate limit", { exact: true })).toHaveValue("7");
  release();
  await expect(form.getByText(/^Saved/)).toBeVisible();
  await expect(form.getByLabel("Rate limit", { exact: true })).toHaveValue("7");
  await expect(page.locator("html[data-waiting]")).not.toBeAttached();
  expect(loads()).toBe(1);
  expect(new URL(page.url()).search).toBe("");
  await page.reload();
  await expect(form.getByLabel("Rate limit", { exact: true })).toHaveValue("7");
  await expect(form.getByLabel("Time unit", { exact: true })).toHaveValue("1");
});

test("a component knows what was typed before hydration", async ({ page: signedIn, context, demo }) => {
  await signIn(signedIn, demo, DEMO_ADMIN);
  const projectId = await createProject(signedIn, demo, "Early name");
  const { page, release } = await openEarly(context, demo, `/projects/${projectId}/settings`);
  const rename = page.getByRole("button", { name: "Rename" });
  await expect(rename).toBeDisabled();
  await page.getByLabel("Name", { exact: true }).fill("Renamed early");
  release();
  await expect(rename).toBeEnabled();
  await rename.click();
  await expect(page.getByText("Renamed.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Renamed early");
});

test("a button that is pressed before hydration acts once when the script is there", async ({
  page: signedIn,
  context,
  demo,
}) => {
  await signIn(signedIn, demo, DEMO_ADMIN);
  const { page, release, loads } = await openEarly(context, demo, "/admin/apis/badges");
  const remove = page.getByRole("button", { name: /^Delete API/ });
  await remove.click();
  await remove.click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  release();
  await expect(page.getByRole("alertdialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  expect(loads()).toBe(1);
});

test("a button that is pressed before the code of its part of the page has arrived acts once it is there", async ({
  page: signedIn,
  context,
  demo,
}) => {
  const { projectId, call } = await prepareProject(demo, { slug: "early", name: "Early", testKey: "Early" });
  const { items } = await call<{ items: { id: string }[] }>("GET", `/projects/${projectId}/keys`);
  await signIn(signedIn, demo, DEMO_ADMIN);
  const page = await context.newPage();
  const { promise, resolve } = Promise.withResolvers<void>();
  let held = 0;
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes("Rotate key…")) {
      held++;
      await promise;
    }
    await route.fulfill({ response });
  });
  const path = `/projects/${projectId}/keys/${items[0]?.id}?tab=secrets`;
  await page.goto(demo.portalUrl + path, { waitUntil: "commit" });
  // The frame around the page is hydrated.
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((name) => name.startsWith("__reactProps")),
  );
  await page.getByRole("button", { name: "Rotate key…" }).click();
  await expect.poll(() => held).toBeGreaterThan(0);
  resolve();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("a page whose scripts can't be fetched says so, fetches them again, and then does what was pressed", async ({
  page: signedIn,
  context,
  demo,
}) => {
  await signIn(signedIn, demo, DEMO_ADMIN);
  const page = await context.newPage();
  let isCut = true;
  await page.route(/\/_next\/static\/.*\.js/, (route) => (isCut ? route.abort() : route.continue()));
  await page.goto(`${demo.portalUrl}/admin/apis/badges`);
  const notice = page.getByText("This page is still loading.");
  await expect(notice).toBeVisible();
  await page.getByRole("button", { name: /^Delete API/ }).click();
  isCut = false;
  await expect(page.getByRole("alertdialog")).toHaveCount(1);
  await expect(notice).toBeHidden();
});

for (const { name, keep } of [
  { name: "a half", keep: (body: string) => body.slice(0, body.length / 2) },
  { name: "nothing", keep: () => "" },
]) {
  test(`a page works although only ${name} of each script arrived first, before and after the page's first script`, async ({
    page: signedIn,
    context,
    demo,
  }) => {
    await signIn(signedIn, demo, DEMO_ADMIN);
    const page = await context.newPage();
    const whole = new Set<string>();
    await page.route(/\/_next\/static\/.*\.js/, async (route) => {
      const url = route.request().url();
      const response = await route.fetch();
      const body = await response.text();
      await route.fulfill({ response, body: whole.has(url) ? body : keep(body) });
      whole.add(url);
    });
    const remove = page.getByRole("button", { name: /^Delete API/ });
    const notice = page.getByText("This page is still loading.");
    for (const order of ["after", "before"]) {
      whole.clear();
      if (order === "before") await delayBody(page, () => whole.size > 0);
      await page.goto(`${demo.portalUrl}/admin/apis/badges`);
      await expect(notice).toBeVisible();
      await remove.click();
      await expect(page.getByRole("alertdialog")).toHaveCount(1);
      await expect(notice).toBeHidden();
    }
    // Scripts that the page loads in advance may still be under way.
    await page.unrouteAll({ behavior: "wait" });
  });
}

/** Holds the body of documents, after the tags of the page's scripts, until a moment after `until`. */
async function delayBody(page: Page, until: () => boolean): Promise<void> {
  await page.route(/\/admin\/apis\/badges$/, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1];
    const body = html.replace("</head>", `<script nonce="${nonce}" src="/held.js"></script></head>`);
    await route.fulfill({ response, body });
  });
  await page.route(/\/held\.js$/, async (route) => {
    await expect.poll(until).toBe(true);
    await route.fulfill({ contentType: "text/javascript", body: "true;" });
  });
}

test("a dialog opens although only a half of its script arrived first", async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/admin/apis/badges`);
  const cut = new Set<string>();
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    const url = route.request().url();
    await route.fulfill({ response, body: cut.has(url) ? body : body.slice(0, body.length / 2) });
    cut.add(url);
  });
  await page.getByRole("button", { name: /^Delete API/ }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  expect(cut.size).toBeGreaterThan(0);
  await page.unrouteAll({ behavior: "wait" });
});

test("a page opened by a link, of which a script can't be fetched, offers to try again, and the next page works", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/projects`);
  let isCut = true;
  await page.route(/\/_next\/static\/.*\.js/, (route) => (isCut ? route.abort() : route.continue()));
  await page.locator('a[href="/notifications"]').first().click();
  const tryAgain = page.getByRole("button", { name: "Try again" });
  await expect(tryAgain).toBeVisible();
  await expect(page.getByText("This page is still loading.")).toBeHidden();
  isCut = false;
  await tryAgain.click();
  await expect(page.getByRole("heading", { name: "Notifications" })).toBeVisible();
});
