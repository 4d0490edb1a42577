import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { HOUR_MS } from "#core/time.ts";
import type { Statement } from "#domain/billing/statements/schema.ts";
import type { Propagation } from "#domain/keys/propagation/schema.ts";
import { startLago } from "#test/billing-receivers.ts";
import { expect, test } from "./fixtures.ts";
import { check, createKey, DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

test("a key's limits are set, reached at the verifier and shown; an administrator sets the ceiling", {
  tag: "@both-long",
}, async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "limited", name: "Held" });
  const project = `${demo.portalUrl}/projects/${projectId}`;
  const secret = await createKey(page, demo, projectId, "metered");
  await page.waitForURL(/\/keys\/key_/);
  const key = page.url().split("?")[0] ?? "";
  const ask = async () => (await check(demo.verifierUrl, service, secret, "limited")).code;

  await page.goto(`${key}?tab=limits`);
  await page.getByLabel("Rate limit", { exact: true }).fill("2");
  await page.getByLabel("Per", { exact: true }).fill("1");
  await page.getByLabel("Time unit", { exact: true }).selectOption({ label: "seconds" });
  await page.getByLabel("Quota", { exact: true }).fill("4");
  await saveLimits(page);
  // Checks before that would use up the quota, and rarer ones would not exceed the rate.
  await expect.poll(() => hasReachedVerifiers(page, project)).toBe(true);
  await expect.poll(ask, { intervals: [50] }).toBe("RATE_LIMITED");
  await expect.poll(ask, { timeout: 15_000 }).toBe("QUOTA_EXCEEDED");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("4 of 4 units this month")).toBeVisible({ timeout: 1_000 });
    await expect(page.getByRole("link", { name: /by a quota/ })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("link", { name: /by a quota/ }).click();
  await expect(page).toHaveURL(/code=QUOTA_EXCEEDED/);

  await page.goto(`${project}/limits`);
  const ceiling = page.locator("section").filter({ has: page.getByRole("heading", { name: "Ceiling" }) });
  await ceiling.getByLabel("Quota", { exact: true }).fill("5");
  await ceiling.getByRole("button", { name: "Save limits" }).click();
  await expect(ceiling.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("4 of 5 units this month")).toBeVisible();
});

test("a project chooses Free, reaches its limit, upgrades and continues", {
  tag: "@both-long",
}, async ({ page, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(demo, { slug: "planned", name: "Plan holders" });
  const plans = `${demo.portalUrl}/admin/apis/planned/plans`;
  await addPlan(page, plans, { name: "Free", slug: "free", limit: "2" });
  await addPlan(page, plans, { name: "Pro", slug: "pro", limit: "5" });
  const secret = await createKey(page, demo, projectId, "metered");
  const ask = async () => (await check(demo.verifierUrl, service, secret, "planned")).code;

  await page.goto(`${demo.portalUrl}/projects/${projectId}/apis`);
  await page.getByRole("link", { name: /^Plan of/ }).click();
  await page.getByRole("button", { name: "Choose Free…" }).click();
  await page.getByRole("button", { name: "Choose plan" }).click();
  await expect(page.getByText("Current plan")).toBeVisible();
  await expect.poll(ask).toBe("QUOTA_EXCEEDED");

  await page.getByRole("button", { name: "Change to Pro…" }).click();
  await expect(page.getByLabel("When")).toHaveValue("now");
  await page.getByRole("button", { name: "Choose plan" }).click();
  await expect.poll(ask).toBe("VALID");
  await page.getByRole("button", { name: "Change to Free…" }).click();
  await page.getByLabel("When").selectOption({ label: "At the end of the calendar month (UTC)" });
  await page.getByRole("button", { name: "Choose plan" }).click();
  await expect(page.getByText(/Changes to Free on/)).toBeVisible();
  await page.getByRole("button", { name: "Keep Pro" }).click();
  await expect(page.getByText(/Changes to Free on/)).toBeHidden();

  await page.goto(`${plans}?edit=pro`);
  await page.getByRole("link", { name: "Edit custom terms of Plan holders" }).click();
  await page.getByLabel("Reason").fill("Contract of May.");
  await page.getByLabel("Units of limit 1").fill("9");
  await page.getByRole("button", { name: "Save custom terms" }).click();
  await expect(page.getByText("Custom terms", { exact: true })).toBeVisible();
  await page.goto(`${demo.portalUrl}/projects/${projectId}/apis/planned/plan`);
  await expect(page.getByText("This project has custom terms: Contract of May.")).toBeVisible();
  await expect(page.getByText("9 units per calendar month")).toBeVisible();
});

test("a month closes: its statement as page, CSV and API and the billing system have the same units", {
  tag: "@both-long",
}, async ({ page, timed }) => {
  const { clock } = timed;
  // The plan is in effect before the last hour of the month.
  const soon = new Date(clock.now() + 2 * HOUR_MS);
  const [year, at] = [soon.getUTCFullYear(), soon.getUTCMonth()];
  const [start, end] = [Date.UTC(year, at), Date.UTC(year, at + 1)];
  const month = new Date(start).toISOString().slice(0, 7);
  const { projectId, service, call } = await prepareProject(timed, { slug: "billed", name: "Month's end" });
  await call("POST", "/apis/billed/plans", {
    slug: "paid",
    name: "Paid",
    unitsPerOperation: { "*": 2 },
    includedUnits: 4,
    overage: "allow",
    price: { currency: "EUR", monthly: "0", perThousand: "500" },
  });
  await call("PUT", `/projects/${projectId}/apis/billed/subscription`, { plan: "paid" });
  const lago = await startLago({ key: "lago-key", code: "api_units", subscriptions: ["sub_1"] });
  await clock.advance(end - HOUR_MS / 2 - clock.now(), page);
  await signIn(page, timed, DEMO_ADMIN);
  const secret = await createKey(page, timed, projectId, "billed");
  const statement = `${timed.portalUrl}/projects/${projectId}/statements?month=${month}`;
  const line = page.getByRole("row", { name: /Without a known operation/ });

  await test.step("an administrator exports usage to a billing system", async () => {
    await page.goto(`${timed.portalUrl}/admin/billing-exports?new=1`);
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Lago");
    await dialog.getByLabel("Receiver").selectOption({ label: "Lago" });
    await dialog.getByLabel("URL").fill(`${lago.origin}/api/v1/events/batch`);
    await dialog.getByLabel("Code of the billable metric").fill("api_units");
    await dialog.getByLabel("API key").fill("lago-key");
    await dialog.getByRole("button", { name: "Create export" }).click();
    await page.getByRole("link", { name: "Customers" }).click();
    await page.getByRole("button", { name: "Assign a customer to Month's end…" }).click();
    const question = page.getByRole("alertdialog");
    await question.getByLabel("Customer").fill("sub_1");
    await question.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("row", { name: /Month's end/ })).toContainText("sub_1");
  });
  const exportPage = page.url().replace(/\/customers.*/, "");

  await test.step("until it is closed, the statement is provisional", async () => {
    for (let n = 0; n < 5; n++)
      expect((await check(timed.verifierUrl, service, secret, "billed")).code).toBe("VALID");
    await expect(async () => {
      await page.goto(statement);
      await expect(line.getByRole("cell")).toContainText(["", "5", "10", "4", "6"], { timeout: 1_000 });
    }).toPass();
    await expect(page.getByText("Provisional", { exact: true })).toBeVisible();
  });

  await test.step("two days after its end it is closed, with the same figures everywhere", async () => {
    await clock.advance(end + 48 * HOUR_MS + HOUR_MS / 2 - clock.now(), page);
    const read = () => call<Statement>("GET", `/projects/${projectId}/statements/${month}`);
    await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toBe("closed");
    await page.goto(statement);
    await expect(page.getByText("Closed", { exact: true })).toBeVisible();
    await expect(line.getByRole("cell")).toContainText(["", "5", "10", "4", "6", "500 EUR", "3.00 EUR"]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV" }).click(),
    ]);
    const csv = await readFile(await download.path(), "utf8");
    expect(csv.split("\n")[1]).toBe(`${month},closed,usage,billed,paid,1,no,,5,10,4,6,500,EUR,3.00`);
    expect(await read()).toMatchObject({
      status: "closed",
      total: { requests: 5, units: 10, amounts: [{ currency: "EUR", amount: "3.00" }] },
    });
    await expect.poll(() => lago.billed(), { timeout: 60_000 }).toEqual({ sub_1: 10 });
    await page.goto(exportPage);
    await expect(page.getByRole("row", { name: /^Total/ })).toContainText(
      "10 units, 5 requests0 units, 0 requestsEqual",
    );
  });
  await lago.stop();
});

/** Adds a plan with one monthly quota on its page. */
async function addPlan(page: Page, plans: string, plan: { name: string; slug: string; limit: string }) {
  await page.goto(`${plans}?new=1`);
  await page.getByLabel("Name", { exact: true }).fill(plan.name);
  await page.getByLabel("Slug", { exact: true }).fill(plan.slug);
  await page.getByRole("button", { name: "Add limit" }).click();
  await page.getByLabel("Name of limit 1").fill("calls");
  await page.getByLabel("Units of limit 1").fill(plan.limit);
  await page.getByRole("button", { name: "Create plan" }).click();
  await expect(page.getByRole("heading", { name: plan.name, exact: true })).toBeVisible();
}

async function saveLimits(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
}

/** Whether every verifier knows of the latest change. */
async function hasReachedVerifiers(page: Page, project: string): Promise<boolean> {
  const response = await page.request.get(`${project}/propagation`);
  const { verifiers, reached }: Propagation = await response.json();
  return verifiers > 0 && reached >= verifiers;
}
