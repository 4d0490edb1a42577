import { readFile } from "node:fs/promises";
import { HOUR_MS } from "#core/time.ts";
import type { Statement } from "#domain/billing/statements/schema.ts";
import { startLago } from "#test/billing-receivers.ts";
import { expect, test } from "./fixtures.ts";
import { check, createKey, DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

/** Not a file of tests: another file has these among its own, so that both use one deployment. */
export function testMonthEnd(): void {
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
}
