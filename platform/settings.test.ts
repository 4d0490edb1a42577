import { describe, expect, test } from "vitest";
import { parseSettings, SettingsError } from "./settings.ts";

test("without settings, Latchkey uses SQLite in ./data, and sign-up requires an invitation", () => {
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

test("an empty variable is the same as an unset one, as in compose files", () => {
  expect(parseSettings({ DATABASE_URL: "", PORT: "" })).toEqual(parseSettings({}));
});

describe("an invalid setting is named, and its value is not repeated", () => {
  test.each([
    ["DATABASE_URL", "mysql://user:hunter2@db/x"],
    ["LATCHKEY_LISTEN_URL", "file:hunter2"],
    ["PORT", "80800"],
    ["LATCHKEY_URL", "ftp://hunter2"],
    ["LATCHKEY_KEY_PREFIX", "Hunter2"],
    ["LATCHKEY_FORMER_KEY_PREFIXES", "lk,Hunter2"],
    ["LATCHKEY_SIGN_UP", "hunter2"],
    ["LATCHKEY_SIGN_UP", "example.com,hunter2"],
    ["LATCHKEY_SIGN_UP_MAILS_PER_HOUR", "hunter2"],
    ["LATCHKEY_OIDC_TRUSTED_DOMAINS", "ada@hunter2.com"],
    ["AUTH_SECRET", "hunter2"],
    ["LATCHKEY_STALE_MAX_SECONDS", "hunter2"],
    ["SMTP_URL", "http://hunter2"],
    ["SMTP_URL", "smtp://ada:hunter2%zz@mail.example.com"],
    ["SMTP_URL", "smtp://ada:hunter2#@mail.example.com"],
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

test("all invalid settings are named at once", () => {
  const error = thrownBy(() => parseSettings({ PORT: "x", LATCHKEY_CACHE_KEYS: "1" }));
  expect(error.message).toMatch(
    /PORT: must be a port.*\nLATCHKEY_CACHE_KEYS: must be a whole number, 100 to 10000000$/,
  );
});

test("a value that breaks several parts of a rule is named once", () => {
  const { message } = thrownBy(() => parseSettings({ PORT: "0.5", LATCHKEY_CACHE_KEYS: "0.5" }));
  expect(message.split("\n")).toHaveLength(2);
});

test("Postgres requires a secret that all portals share", () => {
  expect(thrownBy(() => parseSettings({ DATABASE_URL: "postgres://localhost/latchkey" })).message).toMatch(
    /^AUTH_SECRET:/,
  );
});

test.each([{}, { AUTH_SECRET: "too short" }, { AUTH_SECRET_FILE: "/nowhere/auth-secret" }])(
  "a verifier ignores AUTH_SECRET: %j",
  (auth) => {
    const env = { DATABASE_URL: "postgres://localhost/latchkey", ...auth };
    expect(parseSettings(env, { needsAuthSecret: false }).authSecret).toBeUndefined();
  },
);

test("a misspelled setting is named together with invalid ones", () => {
  const error = thrownBy(() => parseSettings({ LATCHKEY_CACHE_KEY: "5", PORT: "x" }));
  expect(error.message).toMatch(
    /^LATCHKEY_CACHE_KEY: is not a setting; did you mean LATCHKEY_CACHE_KEYS\?\nPORT: /,
  );
});

test.each([
  ["https://keys.example.com/portal", /^LATCHKEY_URL: must have no path: .*such as https:\/\/host$/],
  ["https://keys.example.com?x=hunter2", /^LATCHKEY_URL: must have no query/],
  ["https://keys.example.com/?", /^LATCHKEY_URL: must have no query/],
  ["https://keys.example.com/#", /^LATCHKEY_URL: must have no fragment/],
  ["https://ada:hunter2@keys.example.com", /^LATCHKEY_URL: must have no user/],
  ["https://@keys.example.com", /^LATCHKEY_URL: must have no user/],
  ["https://keys.example.com/a?b#c", /^LATCHKEY_URL: must have no path and no query and no fragment/],
  ["keys.example.com", /^LATCHKEY_URL: must be an http\(s\) address/],
  ["https://", /^LATCHKEY_URL: must be an http\(s\) address/],
  ["javascript:alert(1)", /^LATCHKEY_URL: must be an http\(s\) address/],
])("a public URL that would break every link stops the start: %s", (url, message) => {
  const error = thrownBy(() => parseSettings({ LATCHKEY_URL: url }));
  expect(error.message).toMatch(message);
  expect(error.message).not.toContain("hunter2");
});

test.each([
  ["https://keys.example.com", "https://keys.example.com"],
  ["https://keys.example.com///", "https://keys.example.com"],
  ["HTTPS://Keys.Example.COM:443/", "https://keys.example.com"],
  ["http://[::1]:3000", "http://[::1]:3000"],
])("a public URL is kept in one form: %s", (url, kept) => {
  expect(parseSettings({ LATCHKEY_URL: url }).url).toBe(kept);
});

test("the URLs of verifier and issuer may have a path, but no query or fragment", () => {
  const env = { LATCHKEY_VERIFIER_URL: "https://api.example.com/keys/" };
  expect(parseSettings(env).verifierUrl).toBe("https://api.example.com/keys");
  for (const name of ["LATCHKEY_VERIFIER_URL", "LATCHKEY_OIDC_ISSUER"]) {
    for (const url of ["https://x.example/a?b", "https://x.example/a#b", "https://u:p@x.example/a"]) {
      expect(thrownBy(() => parseSettings({ [name]: url })).message).toMatch(
        new RegExp(`^${name}: must have no (query|fragment|user)$`),
      );
    }
  }
});

test("metrics are on this machine only, unless a setting says otherwise", () => {
  expect(parseSettings({}).metrics).toEqual({ port: undefined, host: "127.0.0.1", token: undefined });
  expect(thrownBy(() => parseSettings({ LATCHKEY_METRICS_TOKEN: "hunter2" })).message).toMatch(
    /^LATCHKEY_METRICS_TOKEN: must have at least 16/,
  );
});

test("a listen URL for Postgres is rejected with SQLite", () => {
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
    parseSettings({ ...oidc, LATCHKEY_OIDC_TRUSTED_DOMAINS: value }).oidc[0]?.trustedDomains;
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
