import { expect, test } from "vitest";
import { newId } from "#core/ids.ts";
import { importedHint } from "#core/token-shape.ts";
import { generateToken, hintOf, randomBase62 } from "#core/tokens.ts";
import { replaceSecrets } from "./replace-secrets.ts";

test("a pasted secret is replaced by its hint, and never enters a URL or a request", () => {
  for (const kind of ["live", "test", "svc", "mgt", "scim"] as const) {
    const token = generateToken("lk", kind);
    expect(replaceSecrets(token)).toBe(hintOf(token));
    expect(replaceSecrets(`KEY=${token} `)).not.toContain(token);
  }
});

// Put together here, because scanners of repositories take them for real ones.
test.each([
  ["sk_live_", "51HxQ2eZvKYlo2C8aB3dE9fG"],
  ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"],
  ["AI", "zaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"],
  ["acme.key.", "9f86d081884c7d659a2f"],
  ["", "9f86d081884c7d659a2feaa0c55ad015"],
  ["", "dGhpcyBpcyBhIHRlc3Qgb2YgYmFzZTY0IHRleHQ0Mg=="],
  ["", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"],
])("a token of another system is replaced by the end of its hint: %s%s", (prefix, rest) => {
  const token = prefix + rest;
  const hint = importedHint({ prefix }, token, token);
  for (const typed of [token, `X-Api-Key: ${token}`, `${token} badge`]) {
    const replaced = replaceSecrets(typed);
    expect(replaced).not.toContain(rest.slice(0, 8));
    expect(hint).toContain(/…\S+/.exec(replaced)?.[0]);
  }
});

test("random tokens of every length from 32 characters are replaced", () => {
  for (let length = 32; length <= 128; length++) {
    const token = `${randomBase62(length - 1)}7`;
    expect(replaceSecrets(token)).toBe(`…${token.slice(-4)}`);
  }
});

test.each([
  "checkout server",
  "lk_live_Ab12…wxyz",
  newId("key"),
  "550e8400-e29b-41d4-a716-446655440000",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "507f1f77bcf86cd799439011",
  "user_2NNEqL2nrIRdJ194ndJqAHwEfxC",
  "Production-Server-2024-EU-West-Backend-01",
  "billing-service-test-key-frankfurt-2026",
  "ada.okafor+latchkey-staging@mail.example.com",
  "/v1/customers/payment-methods/list_by_customer",
])("any other text stays unchanged: %s", (text) => {
  expect(replaceSecrets(text)).toBe(text);
});
