import { describe, expect, test } from "vitest";
import { parseSettings, SettingsError } from "./settings.ts";

test("with nothing set Latchkey runs on SQLite in ./data, and nobody signs up uninvited", () => {
  expect(parseSettings({})).toMatchObject({
    databaseUrl: "file:./data/latchkey.db",
    port: 3000,
    verifierPort: 3001,
    url: "http://localhost:3000",
    verifierUrl: "http://localhost:3001",
    keyPrefix: "lk",
    signUp: { kind: "invite" },
    staleMaxSeconds: 60,
  });
});

test("an empty variable is the same as none, as compose files write it", () => {
  expect(parseSettings({ DATABASE_URL: "", PORT: "" })).toEqual(parseSettings({}));
});

describe("a wrong setting is named, and its value is not repeated", () => {
  test.each([
    ["DATABASE_URL", "mysql://user:hunter2@db/x"],
    ["LATCHKEY_LISTEN_URL", "file:hunter2"],
    ["PORT", "80800"],
    ["LATCHKEY_URL", "ftp://hunter2"],
    ["LATCHKEY_KEY_PREFIX", "Hunter2"],
    ["LATCHKEY_SIGN_UP", "hunter2"],
    ["LATCHKEY_SIGN_UP", "example.com,hunter2"],
    ["LATCHKEY_SIGN_UP_MAILS_PER_HOUR", "hunter2"],
    ["LATCHKEY_OIDC_TRUSTED_DOMAINS", "ada@hunter2.com"],
    ["AUTH_SECRET", "hunter2"],
    ["LATCHKEY_STALE_MAX_SECONDS", "hunter2"],
    ["SMTP_URL", "http://hunter2"],
    ["LOG_LEVEL", "hunter2"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "hunter2"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "hunter2"],
    ["OTEL_TRACES_SAMPLER_ARG", "hunter2"],
  ])("%s", (name, value) => {
    const error = thrownBy(() => parseSettings({ [name]: value }));
    expect(error.message).toContain(`${name}:`);
    expect(error.message.toLowerCase()).not.toContain("hunter2");
  });
});

test("every wrong setting is named at once", () => {
  const error = thrownBy(() => parseSettings({ PORT: "x", LATCHKEY_CACHE_KEYS: "1" }));
  expect(error.message).toMatch(/PORT: .*\nLATCHKEY_CACHE_KEYS: /);
});

test("Postgres wants a secret that all portals share", () => {
  expect(thrownBy(() => parseSettings({ DATABASE_URL: "postgres://localhost/latchkey" })).message).toMatch(
    /^AUTH_SECRET:/,
  );
});

test("nobody listens to Postgres for what is changed in SQLite", () => {
  expect(thrownBy(() => parseSettings({ LATCHKEY_LISTEN_URL: "postgres://localhost/x" })).message).toMatch(
    /^LATCHKEY_LISTEN_URL:/,
  );
});

test.each([
  [{ GITHUB_ID: "a" }, "GITHUB_SECRET"],
  [{ SMTP_URL: "smtp://localhost" }, "MAIL_FROM"],
  [
    { LATCHKEY_OIDC_ISSUER: "https://id.example", LATCHKEY_OIDC_CLIENT_ID: "a" },
    "LATCHKEY_OIDC_CLIENT_SECRET",
  ],
])("half a provider is no provider: %j", (env, missing) => {
  expect(thrownBy(() => parseSettings(env)).message).toMatch(new RegExp(`^${missing}: must be set together`));
});

test("a list of domains is a sign-up policy, in lower case", () => {
  expect(parseSettings({ LATCHKEY_SIGN_UP: "Example.com, example.org" }).signUp).toEqual({
    kind: "domains",
    domains: ["example.com", "example.org"],
  });
  expect(parseSettings({ LATCHKEY_SIGN_UP: "Bücher.example" }).signUp).toEqual({
    kind: "domains",
    domains: ["xn--bcher-kva.example"],
  });
});

test("a provider is trusted for named domains only, and for none by default", () => {
  const oidc = {
    LATCHKEY_OIDC_ISSUER: "https://id.example",
    LATCHKEY_OIDC_CLIENT_ID: "a",
    LATCHKEY_OIDC_CLIENT_SECRET: "b",
  };
  const trustedDomains = (value: string) =>
    parseSettings({ ...oidc, LATCHKEY_OIDC_TRUSTED_DOMAINS: value }).oidc?.trustedDomains;
  expect(trustedDomains("")).toEqual([]);
  expect(trustedDomains("Example.com, bücher.example")).toEqual(["example.com", "xn--bcher-kva.example"]);
});

function thrownBy(work: () => unknown): SettingsError {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
