import type { Page } from "@playwright/test";
import { freePort } from "#test/ports.ts";
import { startDeployment } from "./deployment.ts";
import { databaseOf, expect, test } from "./fixtures.ts";
import { startProvider } from "./oidc-provider.ts";

for (const addressIn of ["id token", "userinfo"] as const) {
  test(`an OpenID Connect provider with email addresses in the ${addressIn} signs in the same user twice, by policy, and never with an unverified address`, async ({
    page,
    dialect,
  }) => {
    const [port, providerPort] = [await freePort(), await freePort()];
    const portalUrl = `http://127.0.0.1:${port}`;
    const provider = await startProvider(providerPort, `${portalUrl}/api/auth/callback/oidc`, addressIn);
    const deployment = await startDeployment({
      demo: false,
      databaseUrl: await databaseOf(dialect),
      port,
      env: {
        LATCHKEY_SIGN_UP: "example.com",
        LATCHKEY_OIDC_ISSUER: provider.issuer,
        LATCHKEY_OIDC_CLIENT_ID: provider.clientId,
        LATCHKEY_OIDC_CLIENT_SECRET: provider.clientSecret,
        LATCHKEY_OIDC_NAME: "Example ID",
      },
    });
    try {
      await enterAs(page, portalUrl, "grace");
      await expect(page).toHaveURL(/\/projects$/);
      await expect(page.getByText("grace").first()).toBeVisible();

      await page.context().clearCookies();
      await enterAs(page, portalUrl, "grace");
      await expect(page).toHaveURL(/\/projects$/);

      await page.context().clearCookies();
      await enterAs(page, portalUrl, "unproved-mallory");
      await expect(
        page.getByText("The provider does not say that your email address is verified."),
      ).toBeVisible();
    } finally {
      await deployment.stop();
      await provider.stop();
    }
  });
}

test("an unknown sign-in error is shown as a general one, whatever its name", async ({ page, demo }) => {
  for (const fault of ["constructor", "__proto__", "Unheard"]) {
    const answer = await page.goto(`${demo.portalUrl}/sign-in?error=${fault}`);
    expect(answer?.status(), fault).toBe(200);
    await expect(page.getByText("The provider did not let you in")).toBeVisible();
  }
});

async function enterAs(page: Page, portalUrl: string, name: string): Promise<void> {
  await page.goto(`${portalUrl}/sign-in`);
  await page.getByRole("button", { name: "Continue with Example ID" }).click();
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}
