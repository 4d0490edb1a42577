import type { Page } from "@playwright/test";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { runStatement } from "#test/run-statement.ts";
import type { Deployment } from "./deployment.ts";
import { expect, test, withHydrationWait } from "./fixtures.ts";
import { testMonthEnd } from "./month-end.ts";
import { expectFits } from "./page-checks.ts";
import { check, createKey, DEMO_ADMIN, openBy, prepareProject, signIn, takeSecret } from "./steps.ts";

/** A project with an API enabled, and a service that verifies its keys. */
async function openProject(page: Page, timed: Deployment, slug: string) {
  await signIn(page, timed, DEMO_ADMIN);
  const { projectId, service } = await prepareProject(timed, { slug, name: `Project of ${slug}` });
  const verify = async (secret: string, clientIp = "198.51.100.7") =>
    (await check(timed.verifierUrl, service, secret, slug, { clientIp })).code;
  return { projectId, verify, base: `${timed.portalUrl}/projects/${projectId}` };
}

async function openKey(page: Page, base: string, name: string, tab: string): Promise<string> {
  await page.goto(`${base}/keys?q=${encodeURIComponent(name)}`);
  await page
    .getByRole("link", { name: new RegExp(name) })
    .first()
    .click();
  await page.waitForURL(/\/keys\/key_/);
  const url = page.url().split("?")[0] ?? "";
  await page.goto(`${url}?tab=${tab}`);
  return url;
}

test("a key is rotated while both secrets are in use, and the old secret is ended once it is unused", {
  tag: "@both-long",
}, async ({ page, timed }) => {
  const { verify, base } = await openProject(page, timed, "turnstile");
  const old = await createKey(page, timed, base.split("/").at(-1) ?? "", "gate server");
  expect(await verify(old)).toBe("VALID");
  await openKey(page, base, "gate server", "secrets");
  const overlap = page.getByLabel("The old secret works for");
  await openBy(page.getByRole("button", { name: "Rotate key…" }), overlap);
  await overlap.selectOption({ label: "7 days" });
  await page.getByRole("button", { name: "Rotate key", exact: true }).click();
  const fresh = await takeSecret(page);

  await test.step("both work, and callers with the old secret are listed live", async () => {
    await timed.clock.advance(HOUR_MS, page);
    for (let n = 0; n < 4; n++) expect(await verify(old, "203.0.113.9")).toBe("VALID");
    expect(await verify(fresh)).toBe("VALID");
    await expect(page.getByText("The old secret is still in use: 4 requests in the last hour")).toBeVisible();
    await expect(page.getByRole("cell", { name: /203\.0\.113\.9/ })).toBeVisible();
    await expect(page.getByRole("img", { name: "Requests in the last 60 minutes: 1" })).toBeVisible();
  });

  await test.step("once it is unused it is safe to end, and then denied", async () => {
    await timed.clock.advance(3 * HOUR_MS, page);
    expect(await verify(fresh)).toBe("VALID");
    await expect(page.getByText(/The old secret was last used [23] hours ago: safe to end/)).toBeVisible();
    await page.getByRole("button", { name: "End now…" }).click();
    await page.getByRole("button", { name: "End old secret" }).click();
    await expect(page.getByText("Rotation in progress")).toBeHidden();
    await expect.poll(() => verify(old)).toBe("KEY_ROTATED");
    expect(await verify(fresh)).toBe("VALID");
  });

  await test.step("a revoked key is denied at every verifier, and the page says when", async () => {
    await page.getByRole("button", { name: "Report leak…" }).click();
    await page.getByRole("radio", { name: /Revoke key/ }).check();
    await page.getByRole("button", { name: "Revoke key now" }).click();
    await expect(
      page.getByText(/The key is rejected everywhere after \d+\.\d s, \d+ of \d+ verifier/),
    ).toBeVisible();
    expect(await verify(fresh)).toBe("KEY_REVOKED");
  });
});

test("unused keys are revoked in bulk except those used meanwhile, and the revocation is undone", async ({
  page,
  timed,
}) => {
  const { projectId, verify, base } = await openProject(page, timed, "attic");
  const secrets: Record<string, string> = {};
  for (const name of ["dusty", "sleeping", "busy"]) {
    secrets[name] = await createKey(page, timed, projectId, name);
    expect(await verify(secrets[name])).toBe("VALID");
  }
  await timed.clock.advance(100 * DAY_MS, page);
  await signIn(page, timed, DEMO_ADMIN);
  expect(await verify(secrets.busy ?? "")).toBe("VALID");
  const unusedPage = `${timed.portalUrl}/admin/unused?unusedForDays=90&projectId=${projectId}`;

  await test.step("the page lists unused keys", async () => {
    await expect(async () => {
      await page.goto(unusedPage);
      await expect(page.getByRole("checkbox", { name: /^Select (dusty|sleeping|busy) / })).toHaveCount(2, {
        timeout: 1_000,
      });
    }).toPass();
    await page.getByRole("checkbox", { name: "Select this page" }).check();
    await page.getByRole("button", { name: "Preview revocation…" }).click();
    await page.getByLabel("Reason").fill("Spring cleaning");
    await page.getByRole("button", { name: "Show preview" }).click();
    await expect(page.getByRole("heading", { name: "Preview of the revocation" })).toBeVisible();
    await expect(page.getByRole("row", { name: /dusty/ })).toBeVisible();
  });
  const sweep = page.url();

  await test.step("a key used between preview and confirmation is skipped and listed", async () => {
    expect(await verify(secrets.sleeping ?? "")).toBe("VALID");
    // Its use is known once the check is aggregated.
    await expect(async () => {
      await page.goto(unusedPage);
      await expect(page.getByRole("checkbox", { name: /^Select dusty / })).toBeVisible();
      await expect(page.getByRole("checkbox", { name: /^Select sleeping / })).toHaveCount(0, {
        timeout: 500,
      });
    }).toPass();
    await page.goto(sweep);
    await page.getByRole("button", { name: "Revoke 2 keys…" }).click();
    await page.getByRole("button", { name: "Revoke 2 keys", exact: true }).click();
    const skipped = page.getByRole("table", { name: "Skipped keys" });
    await expect(skipped.getByRole("row", { name: /sleeping/ })).toContainText("Was used since the preview.");
    await expect.poll(() => verify(secrets.dusty ?? "")).toBe("KEY_REVOKED");
    expect(await verify(secrets.sleeping ?? "")).toBe("VALID");
    expect(await verify(secrets.busy ?? "")).toBe("VALID");
  });

  await test.step("the list of revoked keys says by whom, and fits a small laptop", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${timed.portalUrl}/admin/keys?status=revoked&q=dusty`);
    const row = page.getByRole("row", { name: /dusty/ });
    await expect(row).toContainText(/Revoked.*by an administrator, restorable for/s);
    await expectFits(page, "the list of revoked keys");
  });

  await test.step("undo restores the revoked keys", async () => {
    await page.goto(sweep);
    await page.getByRole("button", { name: "Undo…" }).click();
    await page.getByRole("button", { name: "Restore 1 key", exact: true }).click();
    await expect(page.getByText("Undone")).toBeVisible();
    await expect.poll(() => verify(secrets.dusty ?? "")).toBe("VALID");
    await openKey(page, base, "dusty", "history");
    await expect(page.getByText("Spring cleaning").first()).toBeVisible();
  });
});

test("the policy for unused keys previews what it will do and applies it the next day", async ({
  page,
  timed,
}) => {
  const { projectId, verify } = await openProject(page, timed, "cellar");
  const forgotten = await createKey(page, timed, projectId, "forgotten");
  const kept = await createKey(page, timed, projectId, "yearly report");
  await timed.clock.advance(70 * DAY_MS, page);
  await signIn(page, timed, DEMO_ADMIN);

  await test.step("a key is exempted", async () => {
    await page.goto(`${timed.portalUrl}/admin/unused?unusedForDays=60&projectId=${projectId}`);
    await page.getByRole("button", { name: "Exempt yearly report…" }).click();
    await page.getByLabel("Reason").fill("Runs once a year");
    await page.getByRole("button", { name: "Exempt key" }).click();
    await expect(page.getByText(/Exempt until/)).toBeVisible();
  });

  await test.step("the policy can only be enabled after its preview", async () => {
    await page.goto(`${timed.portalUrl}/admin/policies`);
    await page.getByLabel("Notify owners after").fill("30");
    await page.getByLabel("Disable after").fill("60");
    await page.getByRole("button", { name: "Preview today's effect" }).click();
    // It has been unused for long enough to be disabled, but its owners were not notified yet.
    const step = page.getByText(/would be disabled/);
    await step.click();
    await expect(page.getByRole("link", { name: "forgotten" })).toBeVisible();
    await expect(page.getByRole("link", { name: "yearly report" })).toBeHidden();
    await page.getByRole("button", { name: "Enable policy" }).click();
    // It may take effect today, if the daily run is still to come, and at the latest tomorrow.
    await expect(page.getByText("Saved. The policy runs once a day.")).toBeVisible();
  });

  await test.step("it notifies the owners, and nothing is disabled yet", async () => {
    await timed.clock.advance(DAY_MS, page);
    await expect(async () => {
      await page.goto(`${timed.portalUrl}/notifications`);
      await expect(page.getByText("forgotten has not been used for 30 days")).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.goto(`${timed.portalUrl}/projects/${projectId}/keys?status=active`);
    await expect(page.getByRole("link", { name: /forgotten/ }).first()).toBeVisible();
  });

  await test.step("it disables the key a week later", async () => {
    await timed.clock.advance(8 * DAY_MS, page);
    await signIn(page, timed, DEMO_ADMIN);
    // Without verification requests, which would count as use.
    await expect(async () => {
      await page.goto(`${timed.portalUrl}/projects/${projectId}/keys?status=disabled`);
      await expect(page.getByRole("link", { name: /forgotten/ }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
    expect(await verify(forgotten)).toBe("KEY_DISABLED");
    expect(await verify(kept)).toBe("VALID");
  });
});

test("a developer's live key waits for an owner's approval; a key that breaks a rule is exempted or ends", async ({
  page,
  browser,
  timed,
}) => {
  const { projectId, verify, base } = await openProject(page, timed, "counter");
  const exempted = await createKey(page, timed, projectId, "old terminal");
  const ended = await createKey(page, timed, projectId, "old scanner");

  await test.step("an owner previews key rules and enforces them", async () => {
    await page.goto(`${base}/settings`);
    await page.getByLabel("Every key has a description").check();
    await page.getByLabel(/approves every live key/).check();
    await page.getByRole("radio", { name: "Notify, then end" }).check({ force: true });
    await page.getByLabel("Days of notice").fill("7");
    const form = page.locator("form").filter({ has: page.getByLabel("Days of notice") });
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("2 keys will end after the notice").click();
    await expect(form.getByRole("link", { name: "old scanner" })).toBeVisible();
    await form.getByRole("button", { name: "Enable policy" }).click();
    await expect(form.getByText("Saved.")).toBeVisible();
  });

  const developer = { email: "dana@example.com", password: "a developer's long password" };
  await timed.cli(
    [
      "user",
      "create",
      "--email",
      developer.email,
      "--name",
      "Dana",
      "--role",
      "developer",
      "--password-stdin",
    ],
    developer.password,
  );
  await runStatement(
    timed.databaseUrl,
    `insert into memberships (project_id, user_id, role, created_at)
      select '${projectId}', id, 'developer', created_at from users where email = '${developer.email}'`,
  );
  const colleague = withHydrationWait(await (await browser.newContext()).newPage());
  await signIn(colleague, timed, developer);
  const request = async (name: string) => {
    await colleague.goto(`${base}/keys?new=1`);
    const dialog = colleague.getByRole("dialog");
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Description").fill("Rings the bell");
    await expect(dialog.getByText("needs the approval of a project owner")).toBeVisible();
    await dialog.getByRole("button", { name: "Create key" }).click();
    return takeSecret(colleague);
  };
  const secret = await request("doorbell");
  await request("unwanted");

  await test.step("it is denied until an owner approves it, who can decline another", async () => {
    expect(await verify(secret)).toBe("KEY_DISABLED");
    await expect(colleague.getByRole("button", { name: "Approve…" })).toHaveCount(0);
    await page.goto(`${base}/keys`);
    await page.getByRole("link", { name: "2 awaiting approval" }).click();
    await page
      .getByRole("link", { name: /doorbell/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Approve…" }).click();
    await page.getByRole("button", { name: "Approve key" }).click();
    await expect(page.getByRole("button", { name: "Approve…" })).toBeHidden();
    await expect.poll(() => verify(secret)).toBe("VALID");
    await openKey(page, base, "unwanted", "usage");
    await page.getByRole("button", { name: "Decline…" }).click();
    await page.getByLabel("Reason").fill("Use the doorbell's");
    await page.getByRole("button", { name: "Decline key" }).click();
    await expect(page.getByRole("button", { name: "Decline…" })).toBeHidden();
    await expect(async () => {
      await colleague.goto(`${timed.portalUrl}/notifications`);
      await expect(colleague.getByText("Use the doorbell's").first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await colleague.context().close();
  });

  await test.step("an administrator exempts a key, with a reason and an end", async () => {
    await timed.clock.advance(DAY_MS, page);
    await expect(async () => {
      await openKey(page, base, "old terminal", "usage");
      await expect(page.getByText("Unless changed, it is disabled on")).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await page.getByRole("link", { name: "Exempt…" }).click();
    await page.getByLabel("Reason").fill("Nobody can reach it");
    await page.getByRole("button", { name: "Exempt key" }).click();
    await page.getByLabel("Your password").fill(DEMO_ADMIN.password);
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(page.getByText("Exempt from the key rules until")).toBeVisible();
    await page.goto(`${timed.portalUrl}/admin/exemptions`);
    await expect(page.getByRole("row", { name: /old terminal/ })).toContainText("Nobody can reach it");
  });

  await test.step("after the notice, the other key is disabled", async () => {
    await timed.clock.advance(8 * DAY_MS, page);
    await expect.poll(() => verify(ended)).toBe("KEY_DISABLED");
    expect(await verify(exempted)).toBe("VALID");
  });
});

// The tests of one file run in one worker: with the others in the same file, they start one deployment.
testMonthEnd();
