import { expect, test } from "vitest";
import { redact, secretsOf } from "./redact.ts";
import { parseSettings } from "./settings.ts";

const ONE = {
  LATCHKEY_OIDC_ISSUER: "https://id.example/",
  LATCHKEY_OIDC_CLIENT_ID: "a",
  LATCHKEY_OIDC_CLIENT_SECRET: "b",
};
const ACME = {
  LATCHKEY_OIDC_PROVIDERS: "acme",
  LATCHKEY_OIDC_ACME_ISSUER: "https://acme.example",
  LATCHKEY_OIDC_ACME_CLIENT_ID: "c",
  LATCHKEY_OIDC_ACME_CLIENT_SECRET: "the secret of acme",
};

test("the settings without a name are a provider, named ones come after it", () => {
  expect(parseSettings({}).oidc).toEqual([]);
  const [first, second, ...others] = parseSettings({
    ...ONE,
    ...ACME,
    LATCHKEY_OIDC_ACME_NAME: "Acme ID",
    LATCHKEY_OIDC_ACME_REQUIRED_DOMAINS: "Acme.example",
    LATCHKEY_OIDC_ACME_LINK_DOMAINS: "Other.example",
    LATCHKEY_OIDC_ACME_ADMIN_GROUPS: "ops, Key admins",
  }).oidc;
  expect(first).toMatchObject({
    id: "oidc",
    name: "Single sign-on",
    issuer: "https://id.example",
    adminGroups: [],
  });
  expect(second).toEqual({
    id: "acme",
    name: "Acme ID",
    issuer: "https://acme.example",
    clientId: "c",
    clientSecret: "the secret of acme",
    trustedDomains: [],
    requiredDomains: ["acme.example"],
    linkDomains: ["other.example"],
    scopes: "openid email profile",
    groupsClaim: "groups",
    adminGroups: ["ops", "Key admins"],
  });
  expect(others).toEqual([]);
});

test.each([
  [{ LATCHKEY_OIDC_ACME_ISSUER: "" }, "LATCHKEY_OIDC_ACME_ISSUER: is required"],
  [{ LATCHKEY_OIDC_ACME_ISSUER: "acme" }, "LATCHKEY_OIDC_ACME_ISSUER: must be an http"],
  [{ LATCHKEY_OIDC_ACME_SCOPES: "email" }, "LATCHKEY_OIDC_ACME_SCOPES: must be scopes"],
  [{ LATCHKEY_OIDC_ACME_LINK_DOMAINS: "*,b.example" }, "LATCHKEY_OIDC_ACME_LINK_DOMAINS: must be a list"],
  [{ LATCHKEY_OIDC_PROVIDERS: "acme,github" }, "LATCHKEY_OIDC_PROVIDERS: must be a list"],
  [{ LATCHKEY_OIDC_PROVIDERS: "acme,acme" }, "LATCHKEY_OIDC_PROVIDERS: must be a list"],
  [{ LATCHKEY_OIDC_PROVIDERS: "acme,Other" }, "LATCHKEY_OIDC_PROVIDERS: must be a list"],
  [
    { LATCHKEY_OIDC_OTHER_NAME: "x" },
    "LATCHKEY_OIDC_OTHER_NAME: LATCHKEY_OIDC_PROVIDERS does not name other",
  ],
  [{ LATCHKEY_OIDC_ACME_NAMES: "x" }, "did you mean LATCHKEY_OIDC_ACME_NAME?"],
  [{ ...ONE, LATCHKEY_OIDC_ISSUER: "https://acme.example" }, "LATCHKEY_OIDC_ACME_ISSUER: is the issuer of"],
  [
    {
      ...ONE,
      LATCHKEY_OIDC_REQUIRED_DOMAINS: "acme.example",
      LATCHKEY_OIDC_ACME_REQUIRED_DOMAINS: "b.example,acme.example",
    },
    "LATCHKEY_OIDC_ACME_REQUIRED_DOMAINS: acme.example is in LATCHKEY_OIDC_REQUIRED_DOMAINS already",
  ],
])("a provider that can't work stops the start: %j", (env, message) => {
  expect(() => parseSettings({ ...ACME, ...env })).toThrow(message);
});

test("a named provider's secret can come from a file, and is never printed", () => {
  const { LATCHKEY_OIDC_ACME_CLIENT_SECRET: _, ...others } = ACME;
  const env = { ...others, LATCHKEY_OIDC_ACME_CLIENT_SECRET_FILE: "/nonexistent" };
  expect(() => parseSettings(env)).toThrow("LATCHKEY_OIDC_ACME_CLIENT_SECRET_FILE: the file cannot be read");
  expect(redact("it is the secret of acme", secretsOf(ACME))).toBe("it is [redacted]");
});
