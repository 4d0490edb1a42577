import { expect, test } from "./fixtures.ts";
import { becomeFirstAdmin, check, createApi, createKey, createProject, createServiceToken } from "./steps.ts";

test("the first administrator creates a project and a key, verifies it, sees its usage and revokes it", {
  tag: "@both",
}, async ({ page, empty }) => {
  await becomeFirstAdmin(page, empty);
  await createApi(page, empty, "badges");
  const service = await createServiceToken(page, empty);
  const projectId = await createProject(page, empty, "Chat");

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
      .poll(async () => (await check(url, service, secret, "badges")).code, { timeout: 1_000 })
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
