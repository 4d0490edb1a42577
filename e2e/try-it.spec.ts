import { expect, test } from "./fixtures.ts";
import { startApi } from "./small-api.ts";
import { check, DEMO_ADMIN, prepareProject, signIn } from "./steps.ts";

test("a developer tries an API from the browser where it allows that, otherwise through the portal", async ({
  page,
  demo,
}) => {
  let service = "";
  const api = await startApi((key) => check(demo.verifierUrl, service, key, "weather"));
  const get = (operationId: string) => ({ operationId, responses: { 200: { description: "ok" } } });
  const { projectId, service: token } = await prepareProject(demo, {
    slug: "weather",
    name: "Forecasts",
    testKey: "trial",
    api: {
      openapi: {
        openapi: "3.1.0",
        info: { title: "Weather" },
        servers: [{ url: api.url }],
        paths: {
          "/open/{city}": {
            parameters: [{ name: "city", in: "path", required: true, schema: { type: "string" } }],
            get: get("open.get"),
          },
          "/closed": {
            get: get("closed.get"),
            post: {
              operationId: "closed.set",
              requestBody: { content: { "application/json": { example: { degrees: 21 } } } },
              responses: {},
            },
          },
        },
      },
    },
  });
  service = token;
  await signIn(page, demo, DEMO_ADMIN);

  // With CORS, from the browser.
  await page.goto(`${demo.portalUrl}/apis/weather/reference`);
  await page.getByRole("link", { name: "/open/{city}" }).click();
  await page.getByRole("link", { name: "Try it" }).click();
  await expect(page.getByRole("heading", { name: "Try it" })).toBeVisible();
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page.getByText("Enter city.")).toBeVisible();
  await page.getByLabel("city").fill("Köln");
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page.getByText("Sent from this browser")).toBeVisible();
  await expect(page.getByText("200", { exact: false }).first()).toBeVisible();
  await expect(page.getByText('"path": "/open/K%C3%B6ln"')).toBeVisible();
  await page.getByText(/\d headers?/).click();
  await expect(page.getByText("x-total")).toBeVisible();
  // The check that it caused.
  await expect(page.getByText("VALID", { exact: true })).toBeVisible();
  const [first] = api.requests;
  expect(first).toMatchObject({ method: "GET", cookie: undefined });
  expect(first?.key).toMatch(/^lk_test_/);
  expect(await check(demo.verifierUrl, service, first?.key ?? "", "weather")).toMatchObject({
    code: "VALID",
  });

  // The temporary secret is in no list of the key, and ends when the page is left.
  await page.goto(`${demo.portalUrl}/projects/${projectId}/keys`);
  await expect
    .poll(async () => (await check(demo.verifierUrl, service, first?.key ?? "", "weather")).code)
    .toBe("KEY_ROTATED");
  await page.getByRole("link", { name: /trial/ }).first().click();
  await page.getByRole("link", { name: "Secrets" }).click();
  await expect(page.getByText("Current", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(`…${first?.key.slice(-4)}`);

  // Without CORS: a request that changes nothing goes through the portal automatically.
  await page.goto(`${demo.portalUrl}/apis/weather/try/closed.get`);
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page.getByText("Sent through the portal")).toBeVisible();
  await expect(page.getByText('"code": "VALID"')).toBeVisible();
  expect(api.requests.at(-1)).toMatchObject({ method: "GET", path: "/closed", cookie: undefined });

  // A request that changes something asks first.
  await page.goto(`${demo.portalUrl}/apis/weather/try/closed.set`);
  await page.getByRole("button", { name: "Send request" }).click();
  await page.getByRole("button", { name: "Send through the portal" }).click();
  await expect(page.getByText("Sent through the portal")).toBeVisible();
  expect(api.requests.at(-1)).toMatchObject({ method: "POST", path: "/closed" });
  expect(JSON.parse(api.requests.at(-1)?.body ?? "")).toEqual({ degrees: 21 });
  expect(api.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  api.stop();
});
