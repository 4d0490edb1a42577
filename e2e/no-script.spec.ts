import { expect, test } from "./fixtures.ts";
import { DEMO_ADMIN } from "./steps.ts";

test.use({ javaScriptEnabled: false });

// Not the fixture's page, which waits for hydration.
test("a password or key submitted before the page's script has loaded never appears in the URL", async ({
  context,
  demo,
}) => {
  const page = await context.newPage();
  await page.goto(`${demo.portalUrl}/sign-in`);
  await page.getByLabel("Email").fill(DEMO_ADMIN.email);
  await page.getByLabel("Password").fill(DEMO_ADMIN.password);
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest()),
    page.getByLabel("Password").press("Enter"),
  ]);
  expect(sent.method()).toBe("POST");
  await page.goto(`${demo.portalUrl}/found-a-key`);
  await page.locator("form").getByRole("textbox").first().fill("lk_live_found-somewhere");
  const [reported] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest()),
    page.locator("form").getByRole("button").click(),
  ]);
  expect(reported.method()).toBe("POST");
  for (const request of [sent, reported]) expect(new URL(request.url()).search).toBe("");
});
