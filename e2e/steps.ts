import { expect, type Locator, type Page } from "@playwright/test";
import { runStatement } from "#test/run-statement.ts";
import type { Deployment } from "./deployment.ts";

export const ADMIN = { name: "Ada Admin", email: "ada@example.com", password: "a long enough password" };
export const DEMO_ADMIN = { email: "admin@demo.example", password: "latchkey-demo" };

/** For a change that applies at every verifier within a second: by default, the last poll would come after 850 ms. */
export const WITHIN_A_SECOND = { timeout: 1_000, intervals: [50] };

/** Follows the terminal's one-time link, which creates and signs in the first administrator. */
export async function becomeFirstAdmin(page: Page, { firstAdminLink }: Deployment): Promise<void> {
  if (firstAdminLink === null) throw new Error("the terminal showed no link");
  await page.request.fetch(firstAdminLink, { method: "HEAD" });
  await page.goto(firstAdminLink);
  await page.getByLabel("Your name").fill(ADMIN.name);
  await page.getByLabel("Email").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page).toHaveURL(/\/projects$/);
}

interface Credentials {
  email: string;
  password: string;
}

/**
 * Signs in with the requests of the form, without loading its page, which takes a journey two seconds. The page stays
 * where it is. Journeys that test the sign-in use `signInByForm`.
 */
export async function signIn(
  page: Page,
  { portalUrl }: Deployment,
  { email, password }: Credentials,
): Promise<void> {
  const auth = `${portalUrl}/api/auth`;
  const { csrfToken } = await (await page.request.get(`${auth}/csrf`)).json();
  const form = { email, password, csrfToken, callbackUrl: "/", json: "true" };
  const response = await page.request.post(`${auth}/callback/credentials`, { form });
  const { url } = await response.json();
  expect(new URL(url, portalUrl).searchParams.get("error"), `${email} is signed in`).toBeNull();
}

export async function signInByForm(
  page: Page,
  { portalUrl }: Deployment,
  { email, password }: Credentials,
): Promise<void> {
  await page.goto(`${portalUrl}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/projects$/);
}

/** Copies the secret from the dialog that shows it once, and closes the dialog. */
export async function takeSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Show the / }).click();
  const secret = await dialog.getByRole("group", { name: /^The / }).textContent();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return secret ?? "";
}

/** Creates a project and resolves with its id. */
export async function createProject(page: Page, { portalUrl }: Deployment, name: string): Promise<string> {
  await page.goto(`${portalUrl}/projects?new=1`);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create project" }).click();
  await expect(page).toHaveURL(/\/projects\/prj_/);
  return new URL(page.url()).pathname.split("/")[2] ?? "";
}

/** Creates a live key that may call every API of the project, and resolves with its secret. */
export async function createKey(
  page: Page,
  { portalUrl }: Deployment,
  projectId: string,
  name: string,
): Promise<string> {
  await page.goto(`${portalUrl}/projects/${projectId}/keys`);
  await page.getByRole("link", { name: "Create key" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create key" }).click();
  return takeSecret(page);
}

/** Adds an API without operations. */
export async function createApi(page: Page, { portalUrl }: Deployment, slug: string): Promise<void> {
  await page.goto(`${portalUrl}/admin/apis/new`);
  await page.getByRole("button", { name: "By hand" }).click();
  await page.getByLabel("Name", { exact: true }).fill(slug);
  await page.getByLabel("Slug").fill(slug);
  await page.getByRole("button", { name: "Add API" }).click();
  await expect(page).toHaveURL(`${portalUrl}/apis/${slug}`);
}

/** Creates a service token for all APIs and resolves with it. */
export async function createServiceToken(page: Page, { portalUrl }: Deployment): Promise<string> {
  await page.goto(`${portalUrl}/admin/service-tokens`);
  await page.getByRole("link", { name: "New service token" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("edge");
  await dialog.getByLabel("API", { exact: true }).selectOption({ label: "All APIs" });
  await page.getByRole("button", { name: "Create token" }).click();
  return takeSecret(page);
}

const managementTokens = new WeakMap<Deployment, Promise<string>>();

/**
 * Creates, through the HTTP API, an API, a project that has it enabled, and a service token. `api`: further fields of
 * the API. `testKey`: the name of a test key to create. `limits`: those of the project.
 */
export async function prepareProject(
  deployment: Deployment,
  {
    slug,
    name,
    api,
    testKey,
    limits,
  }: { slug: string; name: string; api?: object; testKey?: string; limits?: object },
): Promise<{ projectId: string; service: string; call: CallApi }> {
  let token = managementTokens.get(deployment);
  if (!token) {
    token = createLastingToken(deployment);
    managementTokens.set(deployment, token);
  }
  const authorization = `Bearer ${await token}`;
  const call: CallApi = async (method, path, body) => {
    const response = await fetch(`${deployment.portalUrl}/api/v1${path}`, {
      method,
      headers: { Authorization: authorization, ...(body && { "Content-Type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
    return response.json();
  };
  await call("POST", "/apis", { slug, name: slug, ...api });
  const project = await call<{ id: string }>("POST", "/projects", { name });
  await call("PUT", `/projects/${project.id}/apis/${slug}`);
  if (limits) await call("PATCH", `/projects/${project.id}`, { limits });
  if (testKey) await call("POST", `/projects/${project.id}/keys`, { name: testKey, environment: "test" });
  const { token: service } = await call<{ token: string }>("POST", "/admin/service-tokens", { name: slug });
  return { projectId: project.id, service, call };
}

/** Calls the management API as the demo's administrator, and resolves with the answer. `path`: after `/api/v1`. */
type CallApi = <Answer>(method: string, path: string, body?: object) => Promise<Answer>;

/** A management token without expiry, because the clock of a deployment can move on by months. */
async function createLastingToken({ cli, databaseUrl }: Deployment): Promise<string> {
  const token = await cli(["token", "create", "--user", DEMO_ADMIN.email, "--name", "e2e"]);
  await runStatement(databaseUrl, "update management_tokens set expires_at = null where name = 'e2e'");
  return token;
}

/** Verifies a key as a service does. */
export async function check(
  baseUrl: string,
  token: string,
  key: string,
  api: string,
  /** The caller's details. */
  caller: { clientIp?: string; referrer?: string; origin?: string } = {},
): Promise<{ code: string; requestId: string }> {
  const response = await fetch(`${baseUrl}/api/v1/keys/verify`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key, api, ...caller }),
  });
  return response.json();
}

/** Clicks until it has an effect: on a slow machine, a page may be visible before its script has loaded. */
export async function openBy(button: Locator, shown: Locator): Promise<void> {
  await expect(async () => {
    if (!(await shown.isVisible())) await button.click({ timeout: 2_000 });
    await expect(shown).toBeVisible({ timeout: 2_000 });
  }).toPass();
}
