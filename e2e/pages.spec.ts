import type { Page } from "@playwright/test";
import { hasLargeBudget, JAVASCRIPT_BUDGET_KB, loadedScriptsKb } from "#test/javascript-budget.ts";
import type { Deployment } from "./deployment.ts";
import { expect, test } from "./fixtures.ts";
import { COMBINATIONS, checkPage, expectFits, isChecked, TARGET_SIZE, WIDTHS } from "./page-checks.ts";
import { BEFORE_SIGN_IN, PAGES } from "./page-list.ts";
import { DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

// The longest tests: each takes a worker that is free.
test.describe.configure({ mode: "parallel" });

for (const combination of COMBINATIONS) {
  const { name, viewport, colorScheme } = combination;
  test.describe(name, () => {
    test.use({ viewport, colorScheme });

    test("no page has an axe violation, breaks the content security policy, is wider than the screen, or loads more JavaScript than its budget", {
      tag: "@axe",
    }, async ({ page, demo }) => {
      test.setTimeout(900_000);
      const complaints = listen(page);
      const visit = async (path: string, template: string) => {
        if (!isChecked(template, combination)) return;
        await page.setViewportSize(viewport);
        await page.goto(`${demo.portalUrl}${path}`);
        await page.waitForLoadState("networkidle");
        const limit = JAVASCRIPT_BUDGET_KB[hasLargeBudget(path) ? "chart" : "plain"];
        expect.soft(await loadedScriptsKb(page), `${path}: JavaScript, kB`).toBeLessThanOrEqual(limit);
        await checkPage(page, path, TARGET_SIZE);
        for (const other of WIDTHS.filter((each) => each.name !== name)) {
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

test("names of one long word widen no page", async ({ page, demo }) => {
  const name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  const slug = "long-names";
  const { projectId, call } = await prepareProject(demo, { slug, name, api: { name }, testKey: name });
  await call("POST", `/apis/${slug}/plans`, { slug: "long", name });
  const { items } = await call<{ items: { id: string }[] }>("GET", `/projects/${projectId}/keys`);
  await signIn(page, demo, DEMO_ADMIN);
  const project = `/projects/${projectId}`;
  const key = `${project}/keys/${items[0]?.id}`;
  for (const path of [
    ...["", "/keys", "/apis", `/apis/${slug}/plan`, "/audit", "/statements"].map((each) => project + each),
    ...["", "?tab=restrictions", "?tab=secrets"].map((each) => key + each),
    ...[`/apis/${slug}`, "/admin/apis", `/admin/apis/${slug}/plans`, "/admin/keys"],
  ]) {
    await page.goto(`${demo.portalUrl}${path}`);
    for (const { name: width, viewport } of WIDTHS) {
      await page.setViewportSize(viewport);
      await expectFits(page, `${path}, ${width}`);
    }
  }
});

// The other test covers every page on SQLite, in a browser. Here only the server's queries differ.
test("the server renders every page without an error on Postgres too, with the company's brand and not the software's", {
  tag: "@postgres",
}, async ({ page, demo, browser }) => {
  await signIn(page, demo, DEMO_ADMIN);
  await brandAs(page, demo);
  const visitor = await browser.newPage();
  await visitor.goto(`${demo.portalUrl}/sign-in`);
  await expect(visitor).toHaveTitle("Sign in · Acme Pay");
  await expect(visitor.getByRole("img", { name: "Acme Pay" })).toBeVisible();
  await expect(visitor.getByRole("link", { name: "Support" })).toHaveAttribute(
    "href",
    "https://acme.example/help",
  );
  await visitor.close();
  for (const path of [...BEFORE_SIGN_IN, ...(await addresses(page, demo)).map(({ path }) => path)]) {
    const response = await page.request.get(`${demo.portalUrl}${path}`);
    expect(response.status(), path).toBe(path === "/nowhere" ? 404 : 200);
    const html = await response.text();
    expect(html, path).toContain("Acme Pay");
    // What developers copy names the SDKs and the headers of the verifier; the form of the brand, its default.
    if (path.startsWith("/admin/branding") || path.includes("?stack=")) continue;
    expect(html.match(/.{0,60}(?<!X-|\{ ?|new )Latchkey(?! ?\}|\().{0,60}/g), path).toBeNull();
  }
  expect(demo.output()).not.toContain("a page failed");
  // It relies on a function of Next that is not public.
  expect(demo.output()).not.toContain("pages could not be loaded in advance");
});

/** Gives the portal the name, logo and links of a company, as an administrator does. */
async function brandAs(page: Page, { portalUrl }: Deployment): Promise<void> {
  await page.goto(`${portalUrl}/admin/branding`);
  await page.getByLabel("Company name").fill("Acme Pay");
  await page.getByRole("textbox", { name: /^Accent color/ }).fill("#ffe01b");
  await page.getByRole("textbox", { name: /^Support/ }).fill("https://acme.example/help");
  await expect(page.getByText("Shades were adjusted")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const logo = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 200, height: 50 });
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  const file = { name: "logo.png", mimeType: "image/png", buffer: Buffer.from(logo, "base64") };
  await page.getByLabel("Logo file").setInputFiles(file);
  await page.getByRole("button", { name: "Upload logo" }).click();
  await expect(page.getByText("200 × 50 pixels")).toBeVisible();
}

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
  await page.goto(`${portalUrl}/admin/projects/deleted`);
  const deleted = await page.getByRole("link", { name: "Creator summit" }).getAttribute("href");
  const d = new URL(deleted ?? "", portalUrl).pathname.split("/").at(-1) ?? "";
  return PAGES.map((template) => ({
    template,
    path: template.replace("{p}", p).replace("{k}", k).replace("{d}", d),
  }));
}
