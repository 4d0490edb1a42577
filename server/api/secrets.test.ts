import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Db } from "#db/open.ts";
import { apiOf, makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeKey, makeServiceToken } from "#test/people.ts";
import { createProjectFixture, type ProjectFixture } from "#test/project-fixture.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { SENT_SECRETS, SETTING_SECRETS, secretsFoundIn } from "#test/secrets.ts";
import type { Route } from "./route.ts";
import { API_ROUTES } from "./routes/index.ts";

let db: Db;
let fixture: ProjectFixture;
let secrets: Record<string, string>;
let token: string;
let printed: string;

beforeEach(async () => {
  db = await openTestDb();
  fixture = await createProjectFixture(db);
  const { secret: key } = await makeKey(ctxOf(db, fixture.people.owner), fixture.projectId);
  token = await makeManagementToken(db, fixture.people.admin.userId);
  secrets = { ...SENT_SECRETS, ...SETTING_SECRETS, key, service: (await makeServiceToken(db)).token, token };
  printed = "";
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((chunk) => {
      printed += chunk;
      return true;
    });
  }
  for (const method of ["log", "info", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => {
      printed += said.join(" ");
    });
  }
});
afterEach(() => vi.restoreAllMocks());

/** All secrets in one text, and each separately; in a short run only one of them, another one for each route. */
function textsFor(route: Route): string[] {
  const each = Object.values(secrets);
  const turn = API_ROUTES.indexOf(route) % each.length;
  return [each.join(" "), ...(TEST_SCOPE === "all" ? each : each.slice(turn, turn + 1))];
}

// Thousands of requests: longer than the default timeout on a busy machine.
const SLOW = { timeout: 240_000 };

test(
  "no secret in any part of an API call is printed, whether or not the call is well formed",
  SLOW,
  async () => {
    for (const route of API_ROUTES) await callWithSecrets(db, route);
    expect(secretsFoundIn(printed, secrets)).toEqual([]);
  },
);

test("no secret is printed when every change fails with an error that quotes all of them", SLOW, async () => {
  const failing: Db = { ...db, write: () => Promise.reject(errorWith(Object.values(secrets))) };
  // The errors quote every secret, whatever the request contains.
  const all = Object.values(secrets).join(" ");
  for (const route of API_ROUTES.filter(({ method }) => method !== "GET"))
    await callWithSecrets(failing, route, [all, token]);
  expect(printed).toContain("a request failed");
  expect(secretsFoundIn(printed, secrets)).toEqual([]);
});

async function callWithSecrets(on: Db, route: Route, contents = textsFor(route)): Promise<void> {
  const call = apiOf(on)(token);
  const names = Object.keys(route.input.shape);
  // Each audit-log export starts a process, so only a few are tested.
  const sent = route.path === "/api/v1/audit/export" ? contents.slice(0, 1) : contents;
  for (const secret of sent) {
    const filled = (value: string) => route.path.replace("/api/v1", "").replaceAll(/\{\w+\}/g, value);
    const own = filled(encodeURIComponent(secret));
    const real = route.path
      .replace("/api/v1", "")
      .replace("{projectId}", fixture.projectId)
      .replace("{slug}", "badges");
    const headers = Object.fromEntries(
      ["Cookie", "X-Request-Id", "Idempotency-Key", "Accept", "Referer", "X-Api-Key"].map((name) => [
        name,
        secret,
      ]),
    );
    const query = names.map((name) => `${name}=${encodeURIComponent(secret)}`).join("&");
    const withBody =
      route.method === "GET"
        ? [{}]
        : [
            { body: Object.fromEntries(names.map((name) => [name, secret])) },
            { body: { [secret]: secret } },
            { raw: `{"name":"${secret}` },
            { raw: secret, headers: { "Content-Type": secret } },
          ];
    for (const options of withBody) {
      await call(route.method, own, { headers, ...options });
      await call(route.method, `${real}?${query}&${encodeURIComponent(secret)}`, options);
    }
    await apiOf(on)(secret)(route.method, own, { headers: { Authorization: secret } });
  }
}

/** An error as drivers throw it, with the query, its values, the connection and the request attached. */
function errorWith(all: string[]): Error {
  const url = `postgres://latchkey:${SETTING_SECRETS.databasePassword}@db.example.com/latchkey`;
  const cause = Object.assign(new Error(`connect to ${url} failed`), {
    input: url,
    config: { password: all },
  });
  const quoting = `Failed query: insert into keys values ($1)\nparams: ${all.join(",")}`;
  return Object.assign(new Error(quoting, { cause }), { params: all, headers: { cookie: all } });
}
