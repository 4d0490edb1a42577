import type { Browser, Page } from "@playwright/test";
import { freePort } from "#test/ports.ts";
import { type Deployment, startDeployment } from "./deployment.ts";
import { databaseOf, expect, test, withHydrationWait } from "./fixtures.ts";
import { startProvider, type TestProvider } from "./oidc-provider.ts";
import { takeSecret } from "./steps.ts";

const EXAMPLE = { button: "Continue with Example ID", domain: "example.com" };
const PARTNER = { button: "Continue with Partner ID", domain: "partner.example" };

let portalUrl: string;
let deployment: Deployment;
let providers: TestProvider[];

test.describe("with two providers", () => {
  test.describe.configure({ mode: "serial" });
  test.beforeAll(async ({ dialect }) => {
    const [port, ...ports] = [await freePort(), await freePort(), await freePort()];
    portalUrl = `http://localhost:${port}`;
    const at = (id: string) => ({
      redirectUri: `${portalUrl}/api/auth/callback/${id}`,
      logoutUri: `${portalUrl}/api/auth/backchannel-logout/${id}`,
    });
    providers = [
      await startProvider({
        port: ports[0] ?? 0,
        ...at("oidc"),
        addressIn: "id token",
        domain: EXAMPLE.domain,
      }),
      await startProvider({
        port: ports[1] ?? 0,
        ...at("partner"),
        addressIn: "userinfo",
        domain: PARTNER.domain,
      }),
    ];
    const settingsOf = (name: string, provider?: TestProvider) => ({
      [`LATCHKEY_OIDC_${name}ISSUER`]: provider?.issuer ?? "",
      [`LATCHKEY_OIDC_${name}CLIENT_ID`]: provider?.clientId ?? "",
      [`LATCHKEY_OIDC_${name}CLIENT_SECRET`]: provider?.clientSecret ?? "",
    });
    deployment = await startDeployment({
      demo: false,
      databaseUrl: await databaseOf(dialect),
      port,
      env: {
        LATCHKEY_SIGN_UP: "example.com,partner.example",
        ...settingsOf("", providers[0]),
        LATCHKEY_OIDC_NAME: "Example ID",
        LATCHKEY_OIDC_REQUIRED_DOMAINS: "example.com",
        LATCHKEY_OIDC_SCOPES: "openid email profile groups",
        LATCHKEY_OIDC_ADMIN_GROUPS: "ops",
        LATCHKEY_OIDC_PROVIDERS: "partner",
        ...settingsOf("PARTNER_", providers[1]),
        LATCHKEY_OIDC_PARTNER_NAME: "Partner ID",
      },
    });
  });
  test.afterAll(async () => {
    await deployment.stop();
    for (const provider of providers) await provider.stop();
  });

  for (const { button, domain } of [EXAMPLE, PARTNER]) {
    test(`${button}: the same user twice, by policy, and never with an unverified address`, async ({
      page,
    }) => {
      for (const _ of ["first", "second"]) {
        await page.context().clearCookies();
        await enterAs(page, "grace", button);
        await expect(page).toHaveURL(/\/projects$/);
        await expect(page.getByText("grace").first()).toBeVisible();
      }
      await page.goto(`${portalUrl}/account`);
      await expect(page.getByText(`grace@${domain}`).first()).toBeVisible();

      await page.context().clearCookies();
      await enterAs(page, "unproved-mallory", button);
      await expect(
        page.getByText("The provider does not say that your email address is verified."),
      ).toBeVisible();
    });
  }

  test("a domain that requires a provider has no passwords, whether or not there is an account", async ({
    page,
  }) => {
    for (const email of ["grace@example.com", "nobody@example.com"]) {
      await page.goto(`${portalUrl}/sign-in`);
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").fill("whatever it was");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(
        page.getByText("People with an email address at example.com sign in with Example ID."),
      ).toBeVisible();
    }
  });

  test("signing out at the provider ends the session here", async ({ page }) => {
    await enterAs(page, "linus", EXAMPLE.button);
    await expect(page).toHaveURL(/\/projects$/);
    await page.goto(`${providers[0]?.issuer}/session/end`);
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await expect(page.getByText("Sign-out Success")).toBeVisible();
    await page.goto(`${portalUrl}/projects`);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test("an identity provider links and disables a user by SCIM, which ends sessions and tokens at once", async ({
    page,
    browser,
  }) => {
    const grace = await signedIn(browser, "grace");
    const args = ["token", "create", "--user", "grace@example.com", "--name", "script"];
    const management = (await deployment.cli(args)).trim();
    const me = () =>
      page.request.get(`${portalUrl}/api/v1/me`, { headers: { Authorization: `Bearer ${management}` } });
    expect((await me()).status()).toBe(200);

    // A member of the group that makes administrators.
    await enterAs(page, "chief", EXAMPLE.button);
    await expect(page).toHaveURL(/\/projects$/);
    await page.goto(`${portalUrl}/admin/provisioning`);
    await expect(page.getByText(`${portalUrl}/scim/v2`, { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "New SCIM token" }).first().click();
    await page.getByRole("dialog").getByLabel("Name").fill("Example directory");
    await page.getByRole("button", { name: "Create token" }).click();
    const token = await takeSecret(page);
    await expect(page.getByText("Example directory").first()).toBeVisible();

    const scim = (method: string, path: string, data: object) =>
      page.request.fetch(`${portalUrl}/scim/v2${path}`, {
        method,
        data,
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/scim+json" },
      });
    const created = await scim("POST", "/Users", {
      userName: "grace@example.com",
      displayName: "Grace Hopper",
      emails: [{ value: "grace@example.com", primary: true }],
    });
    expect(created.status()).toBe(201);
    const { id } = await created.json();
    await grace.reload();
    await expect(grace.getByText("Grace Hopper").first()).toBeVisible();

    const group = await scim("POST", "/Groups", { displayName: "Compilers", members: [{ value: id }] });
    expect(group.status()).toBe(201);
    await page.reload();
    await page.getByRole("button", { name: "Make the members of Compilers administrators…" }).click();
    await page.getByRole("button", { name: "Make administrators", exact: true }).click();
    await expect(page.getByRole("button", { name: "End the role of Compilers…" })).toBeVisible();
    await grace.goto(`${portalUrl}/admin/provisioning`);
    await expect(grace.getByText("Compilers", { exact: true })).toBeVisible();

    const disabled = await scim("PATCH", `/Users/${id}`, {
      Operations: [{ op: "Replace", path: "active", value: "False" }],
    });
    expect((await disabled.json()).active).toBe(false);
    expect((await me()).status()).toBe(401);
    await grace.goto(`${portalUrl}/projects`);
    await expect(grace).toHaveURL(/\/sign-in/);
    await enterAs(grace, "grace", EXAMPLE.button);
    await expect(grace.getByText("This account can't sign in here.")).toBeVisible();
    await grace.context().close();
  });
});

test("an unknown sign-in error is shown as a general one, whatever its name", async ({ page, demo }) => {
  for (const fault of ["constructor", "__proto__", "Unheard"]) {
    const answer = await page.goto(`${demo.portalUrl}/sign-in?error=${fault}`);
    expect(answer?.status(), fault).toBe(200);
    await expect(page.getByText("The provider did not let you in")).toBeVisible();
  }
});

/** A page of another browser in which this user of the first provider is signed in. */
async function signedIn(browser: Browser, name: string): Promise<Page> {
  const page = withHydrationWait(await (await browser.newContext()).newPage());
  await enterAs(page, name, EXAMPLE.button);
  await expect(page).toHaveURL(/\/projects$/);
  return page;
}

async function enterAs(page: Page, name: string, button: string): Promise<void> {
  await page.goto(`${portalUrl}/sign-in`);
  await page.getByRole("button", { name: button }).click();
  // The provider remembers who signed in there, but not in a new browser.
  const login = page.getByPlaceholder("Enter any login");
  await login.or(page.getByText("This account can't sign in here.")).first().waitFor();
  if (!(await login.isVisible())) return;
  await login.fill(name);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}
