import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import {
  check,
  createKey,
  createProject,
  DEMO_ADMIN,
  prepareProject,
  signIn,
  takeSecret,
  WITHIN_A_SECOND,
} from "./steps.ts";

const HOME = "198.51.100.7";
const OFFICE = "198.51.100.42";
const ELSEWHERE = "203.0.113.9";

test("a key in use is restricted without breaking its callers", { tag: "@both-long" }, async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "turnstiles", name: "Chat" });
  const secret = await createKey(page, demo, projectId, "checkout server");
  const ask = (clientIp: string, url = demo.verifierUrl) =>
    check(url, service, secret, "turnstiles", { clientIp });
  const callFrom = async (clientIp: string, times: number) => {
    for (let n = 0; n < times; n++) expect(await ask(clientIp)).toMatchObject({ code: "VALID" });
  };
  await callFrom(HOME, 3);
  await callFrom(ELSEWHERE, 2);

  await test.step("unrestricted keys can be found", async () => {
    await page.goto(`${demo.portalUrl}/projects/${projectId}/keys?restricted=none`);
    await page
      .getByRole("link", { name: /checkout server/ })
      .first()
      .click();
    await page.getByRole("link", { name: "Restrict key" }).click();
    await expect(page.getByText("Where will this key run?")).toBeVisible();
  });

  await test.step("a draft is explained while it is typed, and tested before it is saved", async () => {
    await page.getByRole("radio", { name: /A server/ }).check({ force: true });
    await addEntry(page, "127.1");
    await expect(page.getByText("Write the IPv4 address in full")).toBeVisible();
    await page.getByLabel("IP address or network").last().fill("198.51.100.7/24");
    await expect(page.getByText("256 addresses, from 198.51.100.0 to 198.51.100.255.")).toBeVisible();
    const verdict = page.getByRole("region", { name: "Verdict of the draft" });
    await page.getByLabel("Caller's IP address").fill(ELSEWHERE);
    await expect(verdict.getByText("IP_NOT_ALLOWED")).toBeVisible();
    await page.getByLabel("Caller's IP address").fill(HOME);
    await expect(verdict.getByText("This request is allowed")).toBeVisible();
    await expect(verdict).toContainText("The entry 198.51.100.0/24 matches.");
  });

  await test.step("the dry run shows the draft's impact on recent traffic", async () => {
    // Usage is aggregated a second or two after the checks.
    await expect(async () => {
      await page.getByRole("button", { name: "30 days" }).click();
      await page.getByRole("button", { name: "7 days", exact: true }).click();
      await expect(page.getByText("2 of 5 requests in the last 7 days would have been denied.")).toBeVisible({
        timeout: 2_000,
      });
    }).toPass();
    await page.getByRole("button", { name: "Details" }).click();
    // Within the table, because the suggestion may name it as well once the calls are counted.
    const denied = page.getByRole("table", { name: "Requests that IP addresses would have denied" });
    await expect(denied.getByRole("cell", { name: ELSEWHERE })).toBeVisible();
  });

  await test.step("report-only restrictions count requests and block none", async () => {
    await page.getByRole("button", { name: "Report only", exact: true }).click();
    await expect(page.getByRole("heading", { name: /Report-only/ })).toBeVisible();
    await expect
      .poll(async () => {
        await ask(ELSEWHERE);
        return page.getByText(/\d+ of \d+ requests? would have been denied\./).isVisible();
      })
      .toBe(true);
    expect(await ask(ELSEWHERE)).toMatchObject({ code: "VALID" });
  });

  await test.step("enforced restrictions apply within a second at every verifier", async () => {
    await page.getByRole("button", { name: "Enforce…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Enforce" }).click();
    await expect(page.getByRole("heading", { name: /Report-only/ })).toBeHidden();
    await expect(page.getByRole("definition").getByText(/^1 IP address/)).toBeVisible();
    for (const url of [demo.verifierUrl, demo.portalUrl]) {
      await expect.poll(async () => (await ask(ELSEWHERE, url)).code, WITHIN_A_SECOND).toBe("IP_NOT_ALLOWED");
      expect(await ask(OFFICE, url)).toMatchObject({ code: "VALID" });
    }
  });

  await test.step("the denied request is listed with its remedy, which opens a draft", async () => {
    await page.goto(`${demo.portalUrl}/projects/${projectId}/denials`);
    await page
      .getByRole("link", { name: `Allow ${ELSEWHERE}` })
      .first()
      .click();
    await expect(page.getByLabel("IP address or network").last()).toHaveValue(ELSEWHERE);
    await expect(page.getByLabel("IP address or network").last()).toBeInViewport();
    await expect(page.getByLabel("Caller's IP address")).toHaveValue(ELSEWHERE);
    await expect(page.getByText(/denied requests? would have been allowed/)).toBeVisible();
    expect(await ask(ELSEWHERE)).toMatchObject({ code: "IP_NOT_ALLOWED" });
  });

  await test.step("after the remedy is enforced, the request is allowed", async () => {
    await page.getByRole("button", { name: "Enforce", exact: true }).click();
    const confirm = page.getByRole("alertdialog").getByRole("button", { name: "Enforce" });
    await expect(confirm.or(page.getByText("Enforced.", { exact: true }))).toBeVisible();
    if (await confirm.isVisible()) await confirm.click();
    await expect(page.getByText("Enforced.", { exact: true })).toBeInViewport();
    for (const url of [demo.verifierUrl, demo.portalUrl]) {
      await expect.poll(async () => (await ask(ELSEWHERE, url)).code, WITHIN_A_SECOND).toBe("VALID");
    }
    await page.goto(`${demo.portalUrl}/projects/${projectId}/denials`);
    await expect(page.getByText("Already allowed by the current restrictions.").first()).toBeVisible();
    await expect(page.getByRole("link", { name: `Allow ${ELSEWHERE}` })).toHaveCount(0);
  });
});

test("a new key's restrictions are set and tested before it is created", async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "gates", name: "Arrivals" });
  await page.goto(`${demo.portalUrl}/projects/${projectId}/keys?new=1`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("gatekeeper");
  await dialog.getByRole("radio", { name: /A server/ }).check({ force: true });
  await dialog.getByRole("button", { name: "Paste several" }).first().click();
  await dialog.getByLabel("IP addresses to add").fill(`${HOME}, ${OFFICE}`);
  await dialog.getByRole("button", { name: "Add 2" }).click();
  await dialog.getByRole("button", { name: "Add my current IP address" }).click();
  await expect(dialog.getByLabel("IP address or network")).toHaveCount(3);
  // It moves the button below.
  await expect(dialog.getByText("Your current IP address is private")).toBeVisible();
  await dialog.getByRole("button", { name: "Test a request" }).click();
  const verdict = dialog.getByRole("region", { name: "Verdict of the draft" });
  await dialog.getByLabel("Caller's IP address").fill(ELSEWHERE);
  await expect(verdict.getByText("IP_NOT_ALLOWED")).toBeVisible();
  await dialog.getByLabel("Caller's IP address").fill(HOME);
  await expect(verdict).toContainText(`The entry ${HOME} matches.`);
  await dialog.getByLabel("Caller's IP address").press("Enter");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const secret = await takeSecret(page);
  for (const [clientIp, code] of [
    [HOME, "VALID"],
    [OFFICE, "VALID"],
    [ELSEWHERE, "IP_NOT_ALLOWED"],
  ] as const) {
    expect(await check(demo.verifierUrl, service, secret, "gates", { clientIp })).toMatchObject({ code });
  }
});

test("suggested restrictions come from a key's traffic and allow exactly that traffic", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "windows", name: "Shop" });
  const secret = await createKey(page, demo, projectId, "web shop");
  const caller = { clientIp: HOME, origin: "https://shop.example.com" };
  for (let n = 0; n < 3; n++) {
    expect(await check(demo.verifierUrl, service, secret, "windows", caller)).toMatchObject({
      code: "VALID",
    });
  }
  await page.goto(`${demo.portalUrl}/projects/${projectId}/keys`);
  await page
    .getByRole("link", { name: /web shop/ })
    .first()
    .click();
  await page.getByRole("main").getByRole("link", { name: "Restrictions", exact: true }).click();
  await expect(page).toHaveURL(/tab=restrictions/);
  const suggestion = page.getByRole("region", { name: "Suggestion" });
  await expect(async () => {
    await page.reload();
    await expect(suggestion).toContainText("Used only on https://shop.example.com, calling only windows.", {
      timeout: 1_000,
    });
  }).toPass();
  await expect(suggestion).toContainText(
    "None of the 3 requests allowed in the last 30 days would have been denied.",
  );
  await suggestion.getByRole("button", { name: "Restrict to this…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Restrict key" }).click();
  await expect(suggestion).toBeHidden();
  await expect(page.getByRole("button", { name: /^Websites/ })).toContainText("1 entry");
  expect(await check(demo.verifierUrl, service, secret, "windows", caller)).toMatchObject({ code: "VALID" });
  const elsewhere = { ...caller, origin: "https://evil.test" };
  await expect
    .poll(
      async () => (await check(demo.verifierUrl, service, secret, "windows", elsewhere)).code,
      WITHIN_A_SECOND,
    )
    .toBe("REFERRER_NOT_ALLOWED");
});

test("where the policy requires it, no live key is created without an application restriction", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  const projectId = await createProject(page, demo, "Bound");
  await page.goto(`${demo.portalUrl}/admin/policies`);
  await page.getByRole("button", { name: "Enable", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Enable policy" }).click();
  await expect(page.getByText("Enabled", { exact: true })).toBeVisible();
  await page.goto(`${demo.portalUrl}/projects/${projectId}/keys?new=1`);
  const dialog = page.getByRole("dialog");
  const announced = dialog.getByText("add a restriction, or create a test key");
  await expect(announced).toBeVisible();
  await dialog.getByLabel("Name").fill("unbound");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Add at least one, or create a test key.")).toBeVisible();
  await dialog.getByRole("radio", { name: "Test" }).check({ force: true });
  await expect(announced).toBeHidden();
  await page.goto(`${demo.portalUrl}/admin/policies`);
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable policy" }).click();
  await expect(page.getByText("Disabled", { exact: true })).toBeVisible();
});

async function addEntry(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Add IP address" }).click();
  await page.getByLabel("IP address or network").last().fill(text);
}
