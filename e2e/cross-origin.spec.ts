import { expect, test } from "./fixtures.ts";
import { DEMO_ADMIN, signIn } from "./steps.ts";

test("a server action sent from another origin is rejected, even with the session cookie", async ({
  page,
  demo,
}) => {
  await signIn(page, demo, DEMO_ADMIN);
  await page.goto(`${demo.portalUrl}/projects?new=1`);
  await page.getByRole("dialog").getByLabel("Name").fill("forged");
  const sent = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  // The form's request is intercepted and never answered: only its copies reach the portal.
  await page.route("**/projects**", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await page.getByRole("button", { name: "Create project" }).click();
  const request = await sent;
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const replay = (origin: string) =>
    fetch(request.url(), {
      method: "POST",
      redirect: "manual",
      headers: {
        "next-action": request.headers()["next-action"] ?? "",
        "content-type": request.headers()["content-type"] ?? "",
        accept: "text/x-component",
        cookie,
        origin,
      },
      body: request.postData(),
    });
  expect((await replay("https://evil.example")).status).toBeGreaterThanOrEqual(400);
  await page.unrouteAll();
  await page.goto(`${demo.portalUrl}/projects`);
  await expect(page.getByRole("link", { name: /forged/ })).toHaveCount(0);
  // The copy is valid: from the portal's own origin it works.
  expect((await replay(demo.portalUrl)).status).toBe(200);
  await page.reload();
  await expect(page.getByRole("link", { name: /forged/ }).first()).toBeVisible();
});
