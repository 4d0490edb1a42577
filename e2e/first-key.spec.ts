import type { Page } from "@playwright/test";
import { expect, test, waitForHydration } from "./fixtures.ts";
import { checkInCombinations } from "./page-checks.ts";
import { paste, startApi } from "./small-api.ts";
import {
  becomeFirstAdmin,
  check,
  createApi,
  createKey,
  createProject,
  createServiceToken,
  DEMO_ADMIN,
  prepareProject,
  signInByForm,
  WITHIN_A_SECOND,
} from "./steps.ts";

test("the first administrator creates a project and a key, verifies it, sees its usage and revokes it", {
  tag: "@both",
}, async ({ page, empty }) => {
  await becomeFirstAdmin(page, empty);
  const projectId = await createProject(page, empty, "Chat");
  // A project can be created before there is an API: its first step leads an administrator to adding one.
  const addApi = page.getByRole("main").getByRole("link", { name: "Add an API" });
  await expect(addApi).toHaveAttribute("href", "/admin/apis/new");
  await createApi(page, empty, "badges");
  const service = await createServiceToken(page, empty);

  await page.goto(`${empty.portalUrl}/projects/${projectId}/apis`);
  await page.getByRole("button", { name: "Enable badges" }).click();
  await expect(page.getByText("Enabled").first()).toBeVisible();

  const secret = await createKey(page, empty, projectId, "checkout server");
  expect(secret).toMatch(/^lk_live_[0-9A-Za-z]{36}$/);
  await expect(page.getByRole("heading", { name: "checkout server" })).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  for (const url of [empty.verifierUrl, empty.portalUrl, empty.verifierUrl]) {
    expect(await check(url, service, secret, "badges")).toMatchObject({ code: "VALID", projectId });
  }

  await page.goto(`${empty.portalUrl}/projects/${projectId}/usage?range=1h`);
  await page.getByRole("button", { name: "Table" }).click();
  // The panel updates without a reload.
  await expect(page.getByText("Requests in the last hour", { exact: true }).locator("..")).toContainText("3");
  await expect(page.getByRole("table")).toBeVisible();
  await agreesWithTheApi(empty, projectId, 3);

  await page.goto(`${empty.portalUrl}/projects/${projectId}/keys`);
  await page
    .getByRole("link", { name: /checkout server/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "checkout server" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("button", { name: "Revoke key…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("3 requests in the last hour used this key");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  const notice = page.getByRole("region", { name: "Messages" });
  await expect(notice).toContainText(
    /The key is rejected everywhere after \d+\.\d s, (\d) of \1 verifiers?\./,
  );
  await expect(page.getByText("Revoked").first()).toBeVisible();
  for (const url of [empty.verifierUrl, empty.portalUrl]) {
    await expect
      .poll(async () => (await check(url, service, secret, "badges")).code, WITHIN_A_SECOND)
      .toBe("KEY_REVOKED");
  }

  await test.step("three clicks answer which key was denied in the last hour, and why", async () => {
    await page.goto(`${empty.portalUrl}/projects/${projectId}/usage`);
    await page.getByRole("button", { name: "Hour", exact: true }).click();
    await page.getByRole("button", { name: "Show only denied requests" }).click();
    await page.getByRole("button", { name: "Show only KEY_REVOKED" }).click();
    const keys = page.getByRole("list", { name: "Top keys" }).getByRole("listitem");
    await expect(keys).toHaveCount(1);
    await expect(keys).toContainText("checkout server");
    await expect(page).toHaveURL(/\?range=1h&outcome=denied&code=KEY_REVOKED$/);
    // A link shows what its sender saw, and the browser's back button widens it again.
    await page.reload();
    await expect(page.getByRole("list", { name: "Filters" })).toContainText("KEY_REVOKED");
    await page.goBack();
    await expect(page.getByRole("list", { name: "Filters" })).not.toContainText("KEY_REVOKED");
  });

  await test.step("the request that a service logged is found by its ID", async () => {
    const { requestId } = await check(empty.verifierUrl, service, secret, "badges");
    await page.goto(`${empty.portalUrl}/projects/${projectId}/requests`);
    const table = page.getByRole("table", { name: "Requests" });
    await expect(table.getByText("VALID").first()).toBeVisible();
    // The list updates without a reload.
    await page.getByLabel("Request ID").fill(requestId);
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(table.getByText("KEY_REVOKED")).toHaveCount(1);
    await table.getByRole("button", { name: /Request details$/ }).click();
    await expect(table.getByText(requestId, { exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(secret);
  });
});

test("a new developer gets from the sign-in to the first counted request in five clicks and a minute", async ({
  page,
  context,
  empty,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: empty.portalUrl });
  // Ada was created by the journey above, or is created now.
  await empty
    .cli(
      ["user", "create", "--email", DEMO_ADMIN.email, "--name", "Ada", "--role", "admin", "--password-stdin"],
      "a long password of Ada's colleague",
    )
    .catch(() => {});
  let service = "";
  const api = await startApi((key) => check(empty.verifierUrl, service, key, "parcels"));
  ({ service } = await prepareProject(empty, {
    slug: "parcels",
    name: "Post office",
    api: {
      name: "Parcels",
      openapi: {
        openapi: "3.1.0",
        info: { title: "Parcels" },
        servers: [{ url: api.url }],
        paths: {
          "/parcels/{id}": {
            parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer", example: 7 } }],
            delete: { operationId: "parcels.lose", responses: {} },
            get: { operationId: "parcels.get", responses: {} },
          },
        },
      },
    },
  }));
  const newcomer = { email: "nadia@example.com", password: "nadia's long password" };
  await empty.cli(
    [
      "user",
      "create",
      "--email",
      newcomer.email,
      "--name",
      "Nadia",
      "--role",
      "developer",
      "--password-stdin",
    ],
    newcomer.password,
  );
  const startedAt = Date.now();
  await signInByForm(page, empty, newcomer);
  await expect(page.getByRole("button", { name: "Create project" })).toBeVisible();
  await waitForHydration(page);
  const clicks = await countClicks(page);

  // The name is filled in.
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/projects\/prj_/);
  const overview = page.url();
  await page.getByRole("button", { name: "Enable Parcels" }).click();
  // Two ways lead on: the step, and the message that the API is enabled.
  await expect(
    page.getByRole("region", { name: "Messages" }).getByRole("button", { name: "Create key" }),
  ).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Create key" }).first().click();
  const dialog = page.getByRole("dialog");
  // On a phone, the message would cover the first field of the dialog.
  await expect(page.getByRole("region", { name: "Messages" })).not.toContainText("is enabled", {
    timeout: 5_000,
  });
  await dialog.getByLabel("Name").fill("first program");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await dialog.getByRole("button", { name: "Copy Call Parcels" }).click();
  const call = await page.evaluate(() => navigator.clipboard.readText());
  expect(call).toContain(`${api.url}/parcels/7`);

  const watching = await context.newPage();
  await watching.goto(overview);
  const steps = watching
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: watching.getByRole("heading") });
  const isDone = (title: string) => steps.filter({ hasText: title }).getByLabel("Done:");
  await expect(isDone("Create a key")).toBeVisible();
  await expect(isDone("Does it work?")).toHaveCount(0);
  const checkedAt = Date.now();
  await checkInCombinations(watching, "get started");
  const checkMs = Date.now() - checkedAt;
  const question = await steps.filter({ hasText: "Does it work?" }).locator("code").textContent();
  const secret = /lk_live_\w+/.exec(call)?.[0] ?? "";
  expect(JSON.parse(await paste(question ?? "", { API_KEY: secret }))).toMatchObject({ valid: true });
  // The page notices it without a reload.
  await expect(isDone("Does it work?")).toBeVisible();

  expect(JSON.parse(await paste(call))).toEqual({ code: "VALID", path: "/parcels/7" });
  await expect(watching.getByRole("heading", { name: "Get started" })).toHaveCount(0);
  await expect(watching.getByRole("heading", { name: "Recently used keys" })).toBeVisible();
  expect(await clicks()).toBe(5);
  // With all waits for the portal, its jobs and the steps that refresh, without those for axe.
  const seconds = (Date.now() - startedAt - checkMs) / 1_000;
  test.info().annotations.push({ type: "seconds", description: String(seconds) });
  expect(seconds).toBeLessThan(60);
  api.stop();
});

/** Counts the clicks from now on, on all pages of the tab. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  let count = 0;
  await page.exposeFunction("noteClick", () => {
    count++;
  });
  const listen = () => addEventListener("click", () => void Reflect.get(window, "noteClick")(), true);
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return async () => count;
}

/** Checks that the page shows what `GET …/usage` returns. */
async function agreesWithTheApi(
  { cli, portalUrl }: { cli: (args: string[]) => Promise<string>; portalUrl: string },
  projectId: string,
  total: number,
): Promise<void> {
  const token = await cli(["token", "create", "--user", "ada@example.com", "--name", "journey"]);
  const response = await fetch(`${portalUrl}/api/v1/projects/${projectId}/usage?interval=minute`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(await response.json()).toMatchObject({ total });
}
