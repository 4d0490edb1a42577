import { hash } from "node:crypto";
import { expect, test } from "./fixtures.ts";
import { check, DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

const tokenOf = (at: number) => `old_${hash("sha256", `journey ${at}`).slice(0, 32)}`;
/** More than one request takes, so that the import can stop between two. */
const ROWS = 300;
const CUSTOMER = "Kunde 7 & Söhne";

test("keys of another system are mapped, checked and imported after an interruption, and a customer's keys are revoked", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "movers", name: "Movers" });
  const base = `${demo.portalUrl}/projects/${projectId}`;
  const verify = async (at: number) => (await check(demo.verifierUrl, service, tokenOf(at), "movers")).code;
  const rows = Array.from(
    { length: ROWS },
    (_, at) => `key ${at},${tokenOf(at)},"${at < 2 ? CUSTOMER : ""}",pro`,
  );
  const failing = "broken,old_too_short,,pro";

  await test.step("columns are mapped, and each row is checked without importing it", async () => {
    await page.goto(`${base}/keys/import`);
    const csv = ["\ufefftitle,token,customer,plan", ...rows, failing].join("\r\n");
    await page
      .getByLabel("File", { exact: true })
      .setInputFiles({ name: "keys.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await expect(page.getByText("301 rows", { exact: true })).toBeVisible();
    await page.getByLabel("Field of title").selectOption("name");
    await page.getByLabel("Field of customer").selectOption("externalId");
    await page.getByLabel("Field of plan").selectOption({ label: "Metadata: plan" });
    await page.getByLabel("Prefix").fill("old_");
    await page.getByLabel("Minimum length").fill("36");
    await page.getByRole("button", { name: "Check rows" }).click();
    const results = page.getByRole("table", { name: "Result of each row" });
    await expect(page.getByText("301 of 301 rows")).toBeVisible();
    await expect(results.getByRole("row", { name: /broken/ })).toContainText("Failed");
    await expect(results.getByRole("row", { name: /key 0 / })).toContainText("To be created");
    await expect(page.getByText(tokenOf(0))).toHaveCount(0);
    expect(await verify(0)).toBe("KEY_MALFORMED");
  });

  await test.step("an interrupted import is continued", async () => {
    let sent = 0;
    const importPage = "**/keys/import";
    await page.route(importPage, (route) => {
      if (route.request().method() === "POST" && ++sent === 2) return route.abort();
      return route.continue();
    });
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByText("The portal did not answer.")).toBeVisible();
    await expect(page.getByText("250 of 301 rows")).toBeVisible();
    await page.unroute(importPage);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("301 of 301 rows")).toBeVisible();
    await expect(page.getByRole("table", { name: "Rows that failed or did not change" })).toContainText(
      "broken",
    );
    await expect.poll(() => verify(0)).toBe("VALID");
    expect(await verify(ROWS - 1)).toBe("VALID");
  });

  await test.step("the page shows which imported keys were used", async () => {
    await expect(async () => {
      await page.goto(`${base}/keys/import`);
      await page.getByRole("link", { name: "2", exact: true }).click({ timeout: 1_000 });
    }).toPass();
    await expect(page).toHaveURL(/imported=seen/);
    await expect(page.getByRole("link", { name: /^key 0/ }).first()).toBeVisible();
  });

  await test.step("the customer's page lists their keys and revokes all of them", async () => {
    await page.goto(`${base}/customers`);
    await page.getByRole("link", { name: CUSTOMER }).click();
    await expect(page.getByText("2 keys, 2 active")).toBeVisible();
    await expect(page.getByRole("row", { name: /key 1/ })).toBeVisible();
    await page.getByRole("button", { name: "Revoke all keys…" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("textbox").fill(CUSTOMER);
    await dialog.getByRole("button", { name: "Revoke all keys" }).click();
    await expect(page.getByText("0 keys, 0 active")).toBeVisible();
    for (const at of [0, 1]) await expect.poll(() => verify(at)).toBe("KEY_REVOKED");
    expect(await verify(2)).toBe("VALID");
  });
});
