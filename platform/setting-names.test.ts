import { expect, test } from "vitest";
import { unknownNames } from "./setting-names.ts";

const KNOWN = ["DATABASE_URL", "PORT", "LATCHKEY_URL", "LATCHKEY_SIGN_UP", "LATCHKEY_KEY_PREFIX"];

test.each([
  ["LATCHKEY_SIGNUP", "LATCHKEY_SIGN_UP"],
  ["LATCHKEY_PREFIX", "LATCHKEY_KEY_PREFIX"],
  ["LATCHKEY_DATABASE_URL", "DATABASE_URL"],
  ["LATCHKEY_PORT", "PORT"],
])("a misspelled setting is rejected with the nearest name: %s", (name, nearest) => {
  expect(unknownNames({ [name]: "x" }, KNOWN)).toEqual([
    `${name}: is not a setting; did you mean ${nearest}?`,
  ]);
});

test("a setting of a provider that is not listed is rejected with the list that must name it", () => {
  const known = [...KNOWN, "LATCHKEY_OIDC_ISSUER", "LATCHKEY_OIDC_CLIENT_ID", "LATCHKEY_OIDC_PROVIDERS"];
  expect(unknownNames({ LATCHKEY_OIDC_ACME_ISSUER: "x", LATCHKEY_OIDC_B2_CLIENT_ID: "x" }, known)).toEqual([
    "LATCHKEY_OIDC_ACME_ISSUER: LATCHKEY_OIDC_PROVIDERS does not name acme",
    "LATCHKEY_OIDC_B2_CLIENT_ID: LATCHKEY_OIDC_PROVIDERS does not name b2",
  ]);
});

test("a name that resembles no setting is rejected without a suggestion", () => {
  expect(unknownNames({ LATCHKEY_FROBNICATE: "x" }, KNOWN)).toEqual([
    "LATCHKEY_FROBNICATE: is not a setting",
  ]);
});

test("settings, empty variables and other programs' variables are accepted", () => {
  const env = { LATCHKEY_URL: "x", LATCHKEY_SIGNUP: "", SIGN_UP: "x", LATCHKEY_TOKEN: "x" };
  expect(unknownNames(env, KNOWN)).toEqual([]);
});

test("the variables that Kubernetes adds for a Service named latchkey are accepted", () => {
  const env = {
    LATCHKEY_SERVICE_HOST: "10.0.0.1",
    LATCHKEY_SERVICE_PORT: "3000",
    LATCHKEY_SERVICE_PORT_HTTP: "3000",
    LATCHKEY_PORT: "tcp://10.0.0.1:3000",
    LATCHKEY_PORT_3000_TCP: "tcp://10.0.0.1:3000",
    LATCHKEY_PORT_3000_TCP_ADDR: "10.0.0.1",
    LATCHKEY_PORTAL_PORT_3000_TCP_PROTO: "tcp",
  };
  expect(unknownNames(env, KNOWN)).toEqual([]);
});
