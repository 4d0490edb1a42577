import { expect, test, withHydrationWait } from "./fixtures.ts";
import { checkInCombinations } from "./page-checks.ts";
import { createProject, DEMO_ADMIN, signIn } from "./steps.ts";

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
