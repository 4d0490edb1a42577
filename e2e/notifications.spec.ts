import { sign } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { DAY_MS } from "#core/time.ts";
import { runStatement } from "#test/run-statement.ts";
import { expect } from "./fixtures.ts";
import { testForgottenPassword } from "./forgotten-password.ts";
import { test } from "./outside.ts";
import { checkInCombinations, expectFits } from "./page-checks.ts";
import { check, createKey, createProject, DEMO_ADMIN, prepareProject, signIn, takeSecret } from "./steps.ts";

// The tests of one file run in one worker: with the others in the same file, they start one deployment.
testForgottenPassword();

test("a leak that GitHub reports is mailed to the owner and shown on the key's page", async ({
  page,
  deployment,
}) => {
  const { outside, portalUrl } = deployment;
  await signIn(page, deployment, DEMO_ADMIN);
  const projectId = await createProject(page, deployment, "Leaky house");
  const secret = await createKey(page, deployment, projectId, "ferry");
  const place = "https://github.com/example/app/blob/main/.env";
  const body = JSON.stringify([{ token: secret, type: "latchkey", url: place, source: "content" }]);
  const report = (signed: string) =>
    fetch(`${portalUrl}/api/v1/leaks/github`, {
      method: "POST",
      body,
      headers: {
        "Github-Public-Key-Identifier": "g1",
        "Github-Public-Key-Signature": sign("sha256", Buffer.from(signed), outside.githubKey).toString(
          "base64",
        ),
      },
    });

  expect((await report(`${body} `)).status).toBe(401);
  const answer = await report(body);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject([{ label: "true_positive" }]);

  await expect.poll(() => outside.mails.filter(({ text: said }) => said.includes("ferry"))).toHaveLength(1);
  const mail = outside.mails.find(({ text: said }) => said.includes("ferry"));
  expect(mail?.to).toEqual([DEMO_ADMIN.email]);
  expect(mail?.text).toContain(place);
  expect(mail?.text).not.toContain(secret);

  await page.goto(`${portalUrl}/notifications`);
  await page.getByRole("link", { name: "A secret of ferry was found in public" }).click();
  await expect(page.getByText("It still works: anyone who has it can use it.")).toBeVisible();
  const keyPage = page.url();
  // The disabled key is still marked in the list, and enabling it shows a warning.
  await page.goto(`${portalUrl}/projects/${projectId}/keys`);
  await expect(page.getByText("Secret found in public")).toBeVisible();
  await page.getByRole("button", { name: "Actions for ferry" }).click();
  await page.getByRole("menuitem", { name: "Disable key…" }).click();
  await page.getByRole("button", { name: "Disable key", exact: true }).click();
  // Wait for the action: leaving the page too soon cancels it.
  await expect(page.getByText("ferry is disabled.")).toBeVisible();
  await page.goto(keyPage);
  await expect(page.getByText("It works again if the key is enabled")).toBeVisible();
  await page.getByRole("button", { name: "Enable key…" }).click();
  await expect(page.getByText("Enable ferry with a leaked secret?")).toBeVisible();
  await page.getByRole("button", { name: "Enable key", exact: true }).click();
  await expect(page.getByText("It still works: anyone who has it can use it.")).toBeVisible();
  await page.getByRole("button", { name: "Report leak…" }).click();
  await page.getByRole("button", { name: "End the old secret now" }).click();
  await expect(page.getByText(/The old secret is rejected everywhere after/)).toBeVisible();
  await takeSecret(page);
  await expect(page.getByText("It still works: anyone who has it can use it.")).toBeHidden();
});

test("anyone can report a leaked key without an account", async ({ page, deployment }) => {
  await page.goto(`${deployment.portalUrl}/sign-in`);
  await page.getByRole("link", { name: "Found a key?" }).click();
  await page.getByLabel("The key").fill("lk_live_whatever");
  await page.getByRole("button", { name: "Report key" }).click();
  await expect(page.getByText("Thank you.")).toBeVisible();
});

test("a webhook whose first delivery failed is delivered, and can be sent again", async ({
  page,
  deployment,
}) => {
  const { hooks } = deployment.outside;
  await signIn(page, deployment, DEMO_ADMIN);
  const projectId = await createProject(page, deployment, "House with a bell");
  await createKey(page, deployment, projectId, "doorbell");
  await page.goto(`${deployment.portalUrl}/projects/${projectId}/webhooks`);
  await page.getByRole("link", { name: "New webhook" }).first().click();
  await page.getByLabel("URL").fill(hooks.url);
  await page.getByRole("button", { name: "Create webhook" }).click();
  const secret = await takeSecret(page);
  await expect(page).toHaveURL(/\/webhooks\/whk_/);
  const webhookPage = page.url();

  hooks.answers.push(500);
  await page.goto(`${deployment.portalUrl}/projects/${projectId}/keys`);
  await page
    .getByRole("link", { name: /doorbell/ })
    .first()
    .click();
  await page.waitForURL(/\/keys\/key_/);
  await page.goto(`${page.url()}?tab=settings`);
  await page.getByRole("button", { name: "Revoke key…" }).click();
  await page.getByRole("button", { name: "Revoke key", exact: true }).click();
  await expect.poll(() => hooks.received.length).toBe(1);
  await page.goto(webhookPage);
  await expect(page.getByRole("row", { name: /revoked doorbell/ })).toContainText("Pending");

  await deployment.clock.advance(6_000, page);
  await expect.poll(() => hooks.received.length).toBe(2);
  const [first, second] = hooks.received;
  expect(second?.body).toBe(first?.body);
  // The receiver's own clock is the deployment's here.
  await expect(page.getByRole("row", { name: /revoked doorbell/ })).toContainText("Delivered");
  const event = new Webhook(secret).verify(second?.body ?? "", second?.headers ?? {});
  expect(event).toMatchObject({ type: "key.revoked", data: { subject: { name: "doorbell" } } });

  await page.getByRole("button", { name: /^Send again: / }).click();
  await expect.poll(() => hooks.received.length).toBe(3);
  expect(hooks.received[2]?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
});

test("an alert arrives in the portal, by email under the company's name, and in Slack", async ({
  page,
  deployment,
}) => {
  const { outside, portalUrl, verifierUrl } = deployment;
  await signIn(page, deployment, DEMO_ADMIN);
  await page.goto(`${portalUrl}/admin/branding`);
  await page.getByLabel("Company name").fill("Acme Pay");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const { projectId, service } = await prepareProject(deployment, {
    slug: "signals",
    name: "Signal box",
    limits: { rate: null, quota: { limit: 4, period: "day" } },
  });
  const secret = await createKey(page, deployment, projectId, "lever");
  await expect(page).toHaveTitle(/Acme Pay$/);

  await page.goto(`${portalUrl}/projects/${projectId}/webhooks?new=1`);
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Slack message").click();
  await dialog.getByLabel("URL").fill(`${outside.hooks.url}/services/T0/B0/notForEverybody`);
  await dialog.getByLabel("Selected events").check();
  await dialog.getByLabel("Alert: quota used").check();
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(page).toHaveURL(/\/webhooks\/whk_/);
  expect(await page.content()).not.toContain("notForEverybody");

  await page.goto(`${portalUrl}/projects/${projectId}/alerts?new=1`);
  await dialog.getByLabel("Percent of the quota").fill("50");
  await dialog.getByRole("button", { name: "Create alert" }).click();
  await expect(page.getByText("A quota is 50% used")).toBeVisible();
  for (let n = 0; n < 2; n++) {
    expect(await check(verifierUrl, service, secret, "signals")).toMatchObject({ code: "VALID" });
  }
  const title = "Signal box has used 50% of its daily quota";
  const mail = () => outside.mails.find(({ text: said }) => said.includes(title));
  await expect.poll(mail, { timeout: 60_000 }).toBeTruthy();
  expect(mail()?.text).toContain("Acme Pay");
  expect(mail()?.text).not.toContain("Latchkey");
  await expect.poll(() => outside.hooks.received.at(-1)?.body ?? "").toContain(`{"text":"*${title}*`);
  await page.goto(`${portalUrl}/projects/${projectId}/keys`);
  await page
    .getByRole("link", { name: /unread/ })
    .first()
    .click();
  await expect(page.getByRole("link", { name: title })).toBeVisible();
});

// The last one, because it advances the clock by days.
test("a project token from one address, a change of the email address, and the deletion of the account", async ({
  page,
  deployment,
}) => {
  const { clock, outside, portalUrl } = deployment;
  const [email, changed] = ["grace@example.com", "hopper@example.com"];
  const password = "grace's long password";
  await deployment.cli(
    ["user", "create", "--email", email, "--name", "Grace", "--role", "developer", "--password-stdin"],
    password,
  );
  await signIn(page, deployment, { email, password });
  const projectId = await createProject(page, deployment, "Compilers");
  const tokensPage = `${portalUrl}/projects/${projectId}/tokens`;

  await page.goto(`${tokensPage}?new=1`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("ci");
  await dialog.getByLabel("Access").selectOption({ label: "Selected permissions" });
  await dialog.getByLabel("Keys: Read").check();
  await dialog.getByLabel("Keys: Write").check();
  await expect(dialog.getByLabel("Members: Write")).toHaveCount(0);
  await dialog.getByLabel("Expires").selectOption({ label: "On a date" });
  await dialog.getByLabel("Last day").fill(dayOf(clock.now() + DAY_MS));
  await dialog.getByLabel("Allowed IP addresses").fill("203.0.113.7");
  await page.getByRole("button", { name: "Create token" }).click();
  const token = await takeSecret(page);
  await expect(page.getByRole("row", { name: /ci/ })).toContainText("keys:read, keys:write");

  const call = async (path: string, from: string, body?: object) => {
    const response = await fetch(`${portalUrl}/api/v1/projects/${projectId}${path}`, {
      method: body ? "POST" : "GET",
      headers: {
        Authorization: `Bearer ${token}`,
        "X-Forwarded-For": from,
        ...(body && { "Content-Type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { code } = response.ok ? {} : await response.json();
    return [response.status, code].filter(Boolean).join(" ");
  };
  expect(await call("/keys", "203.0.113.7")).toBe("200");
  expect(await call("/keys", "203.0.113.7", { name: "by ci", environment: "test" })).toBe("201");
  expect(await call("/usage", "203.0.113.7")).toBe("403");
  expect(await call("/keys", "198.51.100.9")).toBe("403 IP_NOT_ALLOWED");
  await page.reload();
  await expect(page.getByRole("row", { name: /ci/ })).toContainText("203.0.113.7");
  await clock.advance(3 * DAY_MS, page);
  expect(await call("/keys", "203.0.113.7")).toBe("401");
  await page.goto(tokensPage);
  await expect(page.getByRole("row", { name: /ci/ })).toContainText("Expired");

  await page.goto(`${portalUrl}/account`);
  await page.getByLabel("New email address").fill(changed);
  await page.getByRole("button", { name: "Send link" }).click();
  for (const typed of ["not the password", password]) {
    await page.getByLabel("Your password").fill(typed);
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    if (typed !== password) await expect(page.getByText("This is not your password.")).toBeVisible();
  }
  await expect(page.getByText(`We sent a link to ${changed}`)).toBeVisible();
  const mailTo = (address: string, text: string) =>
    outside.mails.find((mail) => mail.to.includes(address) && mail.text.includes(text))?.text ?? "";
  await expect.poll(() => mailTo(changed, "/confirm-email?token=")).not.toBe("");
  await expect.poll(() => mailTo(email, "Nothing has changed yet")).not.toBe("");
  const link = /http\S+\/confirm-email\?token=\w+/.exec(mailTo(changed, "/confirm-email?token="))?.[0] ?? "";
  for (const method of ["HEAD", "GET", "GET"]) {
    expect((await fetch(link, { method })).status).toBe(200);
  }
  await page.goto(link);
  await checkInCombinations(page, "/confirm-email");
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page).toHaveURL(/\/account/);
  await expect(page.locator("#email")).toContainText(`${changed} Verified`);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await page.goto(`${portalUrl}/account/security`);
  await expect(page.getByRole("row", { name: /Email address changed/ })).toContainText("You");
  await expect(page.getByRole("row", { name: /Wrong password or code in a confirmation/ })).toBeVisible();
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectFits(page, "/account/security");
  await page.setViewportSize(viewport ?? { width: 1280, height: 720 });

  await page.goto(`${portalUrl}/account`);
  await expect(page.locator("#delete").getByRole("link", { name: "Compilers" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete account…" })).toBeDisabled();
  // Another owner, whose invitation is another journey.
  await runStatement(
    deployment.databaseUrl,
    `insert into memberships (project_id, user_id, role, created_at) select '${projectId}', id, 'owner', 1 from users where email = '${DEMO_ADMIN.email}'`,
  );
  await page.reload();
  await page.getByRole("button", { name: "Delete account…" }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("textbox").fill(changed);
  await question.getByRole("button", { name: "Delete account" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("Email").fill(changed);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("Incorrect email or password.")).toBeVisible();
});

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
