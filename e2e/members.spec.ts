import type { Browser, Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { runStatement } from "#test/run-statement.ts";
import type { Deployment } from "./deployment.ts";
import { expect, test, withHydrationWait } from "./fixtures.ts";
import { checkInCombinations } from "./page-checks.ts";
import { createProject, DEMO_ADMIN, signIn, takeSecret } from "./steps.ts";

const GUEST = { name: "Niko Guest", email: "niko@example.com", password: "a guest's long password" };

test("a person with an invitation link creates an account, joins the project as a viewer and can only read", {
  tag: "@both-long",
}, async ({ page, browser, demo }) => {
  await signIn(page, demo, DEMO_ADMIN);
  const projectId = await createProject(page, demo, "Shared");
  await page.goto(`${demo.portalUrl}/projects/${projectId}/members`);
  await page.getByRole("button", { name: "Invite" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill(GUEST.email);
  await dialog.getByRole("radio", { name: "Viewer" }).check({ force: true });
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = (await dialog.getByRole("group", { name: "One-time link" }).textContent()) ?? "";

  const guest = withHydrationWait(await (await browser.newContext()).newPage());
  // A mail scanner opens links before people do.
  for (const method of ["HEAD", "GET", "HEAD"]) {
    for (const scanned of [link.trim(), link.trim().replace("/invite?", "/sign-up?")]) {
      expect((await guest.request.fetch(scanned, { method })).status(), `${method} ${scanned}`).toBe(200);
    }
  }
  await guest.goto(link);
  await checkInCombinations(guest, "/invite");
  await guest.getByRole("link", { name: "Create account and join" }).click();
  await expect(guest.getByLabel("Your name")).toBeVisible();
  await checkInCombinations(guest, "/sign-up with an invitation");
  await guest.getByLabel("Your name").fill(GUEST.name);
  await guest.getByLabel("Password").fill(GUEST.password);
  await guest.getByRole("button", { name: "Create account" }).click();
  const join = guest.getByRole("button", { name: "Join project" });
  await expect(join).toBeVisible();
  await checkInCombinations(guest, "/invite, signed in");
  // The link still works here, and no cookie keeps it.
  const token = new URL(link.trim()).searchParams.get("token") ?? "";
  expect(token).not.toBe("");
  expect(JSON.stringify(await guest.context().cookies())).not.toContain(token);
  await join.click();
  await expect(guest).toHaveURL(`${demo.portalUrl}/projects/${projectId}`);
  await guest.goto(`${demo.portalUrl}/projects/${projectId}/keys`);
  await expect(guest.getByRole("heading", { name: "Keys", exact: true })).toBeVisible();
  await expect(guest.getByRole("link", { name: "Create key" })).toHaveCount(0);

  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await page.reload();
  await expect(page.getByText(GUEST.email).first()).toBeVisible();
  await guest.context().close();
});

test("a forgotten password without mail, confirmations of identity, an authenticator app, and a recovery code", async ({
  browser,
  demo,
}) => {
  const email = "otto@example.com";
  const passwords = ["otto's first long password", "otto's second long password"] as const;
  await demo.cli(
    ["user", "create", "--email", email, "--name", "Otto", "--role", "developer", "--password-stdin"],
    passwords[0],
  );
  const page = withHydrationWait(await (await browser.newContext()).newPage());
  await page.goto(`${demo.portalUrl}/sign-in`);
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByText("Ask an administrator for a link")).toBeVisible();
  const link = await demo.cli(["user", "reset-password", "--email", email]);
  for (const method of ["HEAD", "GET"]) {
    expect((await page.request.fetch(link, { method })).status()).toBe(200);
  }
  await page.goto(link);
  await checkInCombinations(page, "/reset-password");
  await page.getByLabel("New password").fill(passwords[1]);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password was changed");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await signIn(page, demo, { email, password: passwords[1] });
  const projectId = await createProject(page, demo, "Otto's project");
  await createKeyWithConfirmation(page, demo, projectId, {
    name: "by password",
    label: "Your password",
    wrong: passwords[0],
    message: "This is not your password.",
    right: () => passwords[1],
  });

  await page.goto(`${demo.portalUrl}/account`);
  await page.getByRole("button", { name: "Set up authenticator app…" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  // Scanners need a light background in the dark theme too.
  await expect(page.getByRole("dialog").locator("svg rect")).toHaveCSS("fill", "rgb(255, 255, 255)");
  const secret = (await page.getByTestId("totp-secret").textContent()) ?? "";
  const code = (offset = 0) =>
    TOTP.generate({
      secret: Secret.fromBase32(secret.replaceAll(" ", "")),
      timestamp: Date.now() + offset * 30_000,
    });
  // The step before, so that the code of this one is still unused.
  await page.getByLabel("Code from the app").fill(code(-1));
  await page.getByRole("dialog").getByRole("button", { name: "Enable" }).click();
  const shown = page.getByRole("dialog", { name: "Store your recovery codes" }).locator("code");
  const recovery = ((await shown.textContent()) ?? "").split(/\s/)[0] ?? "";
  expect(recovery).toMatch(/^(\w{4}-){5}\w{4}$/);
  await page.getByRole("button", { name: "I stored them" }).click();
  await expect(page.getByText("10 recovery codes left")).toBeVisible();

  for (const typed of [() => code(), () => recovery]) {
    await page.context().clearCookies();
    await page.goto(`${demo.portalUrl}/sign-in`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(passwords[1]);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Enter your code" })).toBeVisible();
    await checkInCombinations(page, "/sign-in/factor");
    await page.getByLabel("Code").fill("000000");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("This code is wrong or was used before.")).toBeVisible();
    await page.getByLabel("Code").fill(typed());
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/\/projects$/);
  }
  await createKeyWithConfirmation(page, demo, projectId, {
    name: "by code",
    label: "Code",
    wrong: "000000",
    message: "This code is wrong or was used before.",
    // The step after: that of now may have been used to sign in.
    right: () => code(1),
  });
  await page.context().close();
});

test("a passkey alone, as the second factor and as a confirmation, and a policy that requires one", async ({
  browser,
  demo,
}) => {
  const people = ["pia@example.com", "quin@example.com"] as const;
  const password = "a passkey user's long password";
  for (const email of people) {
    await demo.cli(
      ["user", "create", "--email", email, "--name", email, "--role", "admin", "--password-stdin"],
      password,
    );
  }
  const [page, other] = [await withAuthenticator(browser), await withAuthenticator(browser)];
  const startAgain = async () => {
    await page.context().clearCookies();
    await page.goto(`${demo.portalUrl}/sign-in`);
  };
  await signIn(page, demo, { email: people[0], password });
  await page.goto(`${demo.portalUrl}/account`);
  await addPasskey(page);
  await expect(page.getByText("Chrome on Linux").first()).toBeVisible();
  await page.getByRole("button", { name: "Rename Chrome on Linux…" }).click();
  await page.getByRole("alertdialog").getByLabel("Name").fill("My laptop");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(page.getByRole("button", { name: "Remove My laptop…" })).toBeVisible();
  await checkInCombinations(page, "/account with a passkey");

  await startAgain();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(/\/projects$/);

  await startAgain();
  await page.getByLabel("Email").fill(people[0]);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Confirm that it's you" })).toBeVisible();
  await checkInCombinations(page, "/sign-in/factor with a passkey");
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(/\/projects$/);

  await requireFactorOf(page, demo, "Everyone");
  await other.goto(`${demo.portalUrl}/sign-in?next=/account`);
  await other.getByLabel("Email").fill(people[1]);
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  const heading = other.getByRole("heading", { name: "Set up a second factor" });
  await expect(heading).toBeVisible();
  await checkInCombinations(other, "/second-factor");
  await other.goto(`${demo.portalUrl}/admin/users`);
  await expect(heading).toBeVisible();
  await addPasskey(other);
  await expect(other).toHaveURL(`${demo.portalUrl}/admin/users`);
  await requireFactorOf(page, demo, "Nobody");

  // Without support by the browser, nothing offers a passkey.
  await other.addInitScript("delete window.PublicKeyCredential");
  await other.context().clearCookies();
  await other.goto(`${demo.portalUrl}/sign-in`);
  await expect(other.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(other.getByRole("button", { name: "Sign in with a passkey" })).toHaveCount(0);
  for (const used of [page, other]) await used.context().close();
});

/** A page of a new browser with an authenticator that has a fingerprint sensor, which recognizes its user. */
async function withAuthenticator(browser: Browser): Promise<Page> {
  const page = withHydrationWait(await (await browser.newContext()).newPage());
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return page;
}

/** Adds a passkey with the suggested name, the first second factor of the user. */
async function addPasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add passkey…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "I stored them" }).click();
}

/** Sets the policy for second factors when everyone's last confirmation of identity is older than 15 minutes. */
async function requireFactorOf(
  page: Page,
  { portalUrl, databaseUrl }: Deployment,
  whom: string,
): Promise<void> {
  await page.goto(`${portalUrl}/admin/policies`);
  await letConfirmationsAge(databaseUrl);
  const policy = page.locator("#second-factor");
  await policy.getByRole("radio", { name: whom }).check({ force: true });
  await policy.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog", { name: "Confirm that it's you" })).toBeVisible();
  await checkInCombinations(page, `the confirmation by passkey, ${whom}`);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(policy.getByRole("status")).toHaveText("Saved.");
}

/** As if everyone had signed in or confirmed their identity 16 minutes earlier. */
async function letConfirmationsAge(databaseUrl: string): Promise<void> {
  const past = 16 * 60_000;
  await runStatement(
    databaseUrl,
    `update sessions set created_at = created_at - ${past}, confirmed_at = confirmed_at - ${past}`,
  );
}

interface Confirmation {
  /** The name of the new key. */
  name: string;
  /** The label of the field that the dialog must show. */
  label: string;
  wrong: string;
  /** The error after `wrong`. */
  message: string;
  right: () => string;
}

/** Creates a key when everyone's last confirmation of identity is older than 15 minutes. */
async function createKeyWithConfirmation(
  page: Page,
  { portalUrl, databaseUrl }: Deployment,
  projectId: string,
  { name, label, wrong, message, right }: Confirmation,
): Promise<void> {
  await page.goto(`${portalUrl}/projects/${projectId}/keys?new=1`);
  const form = page.getByRole("dialog", { name: "Create key" });
  await form.getByLabel("Name").fill(name);
  await form.getByRole("radio", { name: "Test" }).check({ force: true });
  await letConfirmationsAge(databaseUrl);
  const create = form.getByRole("button", { name: "Create key" });
  await create.click();
  const dialog = page.getByRole("dialog", { name: "Confirm that it's you" });
  await expect(dialog.getByLabel(label)).toBeFocused();
  await checkInCombinations(page, `the confirmation ${name}`);

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(form.getByText("Confirm your identity to do this.")).toBeVisible();
  await expect(form.getByLabel("Name")).toHaveValue(name);

  await create.click();
  await dialog.getByLabel(label).fill(wrong);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByText(message)).toBeVisible();
  await checkInCombinations(page, `the confirmation ${name}, wrong`);
  await dialog.getByLabel(label).fill(right());
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await takeSecret(page);
  await page.goto(`${portalUrl}/projects/${projectId}/keys?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("link", { name: new RegExp(name) })).toHaveCount(1);
}
