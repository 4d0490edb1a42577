import { runStatement } from "#test/run-statement.ts";
import { expect, test } from "./fixtures.ts";
import { DEMO_ADMIN, signIn } from "./steps.ts";

test.use({ javaScriptEnabled: false });

// Not the fixture's page, which waits for hydration.
test("signing in and reporting a key work without script, nothing appears in the URL, and the portal says what it needs", async ({
  context,
  demo,
}) => {
  const page = await context.newPage();
  await page.goto(`${demo.portalUrl}/sign-in?next=/account`);
  await page.getByLabel("Email").fill(DEMO_ADMIN.email);
  await page.getByLabel("Password").fill("a wrong password");
  await page.getByLabel("Password").press("Enter");
  await expect(page.getByRole("alert")).toContainText("Incorrect email or password.");
  await expect(page.getByLabel("Email")).toHaveValue(DEMO_ADMIN.email);
  await page.getByLabel("Password").fill(DEMO_ADMIN.password);
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest()),
    page.getByLabel("Password").press("Enter"),
  ]);
  expect(sent.method()).toBe("POST");
  await expect(page).toHaveURL(`${demo.portalUrl}/account`);
  // Text inside of noscript is not found by getByText.
  const notice = page.locator("noscript > div", { hasText: "need JavaScript, which is disabled" });
  await expect(notice).toBeVisible();
  await page.goto(`${demo.portalUrl}/found-a-key`);
  await page.locator("form").getByRole("textbox").first().fill("lk_live_found-somewhere");
  const [reported] = await Promise.all([
    page.waitForRequest((request) => request.isNavigationRequest()),
    page.locator("form").getByRole("button").click(),
  ]);
  expect(reported.method()).toBe("POST");
  await expect(page.getByRole("status")).toHaveText("Thank you.");
  expect(new URL(sent.url()).search).toBe("?next=/account");
  expect(new URL(reported.url()).search).toBe("");
});

test("a page whose layout fails says so without script, and works again afterwards", async ({
  context,
  demo,
}) => {
  const page = await context.newPage();
  await signIn(page, demo, DEMO_ADMIN);
  await runStatement(demo.databaseUrl, "alter table projects rename to renamed_projects");
  try {
    const response = await page.goto(`${demo.portalUrl}/projects`);
    expect(response?.status()).toBe(500);
    await expect(page.getByRole("heading", { name: "The portal failed to answer" })).toBeVisible();
    await expect(page.getByText(`Request ${response?.headers()["x-request-id"]}`)).toBeVisible();
  } finally {
    await runStatement(demo.databaseUrl, "alter table renamed_projects rename to projects");
  }
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
});
