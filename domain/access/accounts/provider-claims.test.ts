import fc from "fast-check";
import { expect, test } from "vitest";
import { emailClaim, issuerClaim, nameClaim, type ProviderClaims, subjectClaim } from "./provider-claims.ts";

const ADA = "ada@example.com";

test.each<[ProviderClaims, unknown]>([
  [{ email: ADA, email_verified: true }, { address: ADA }],
  [{ email: ADA, email_verified: "true" }, { address: ADA }],
  [{ email: " ADA@EXAMPLE.COM", email_verified: true }, { address: ADA }],
  [{ email: ADA }, { denied: "email-unverified" }],
  [{ email: ADA, email_verified: null }, { denied: "email-unverified" }],
  [{ email: ADA, email_verified: false }, { denied: "email-unverified" }],
  [{ email: ADA, email_verified: "false" }, { denied: "email-unverified" }],
  [{ email: ADA, email_verified: 1 }, { denied: "email-unverified" }],
  [{ email: ADA, email_verified: [true] }, { denied: "email-unverified" }],
  [{ email_verified: true }, { denied: "email-missing" }],
  [{ email: "", email_verified: true }, { denied: "email-missing" }],
  [{ email: [ADA], email_verified: true }, { denied: "email-not-text" }],
  [{ email: { value: ADA }, email_verified: true }, { denied: "email-not-text" }],
  [{ email: 7, email_verified: true }, { denied: "email-not-text" }],
  [{ email: "a@attacker.com,b@example.com", email_verified: true }, { denied: "email-unusable" }],
  [{ email: "\u212aate@example.com", email_verified: true }, { denied: "email-unusable" }],
  [{ email: "Ada <ada@example.com>", email_verified: true }, { denied: "email-unusable" }],
])("without trusted domains, %j gives %j", (claims, claim) => {
  expect(emailClaim(claims, [])).toEqual(claim);
});

test.each<[ProviderClaims, unknown]>([
  [{ email: ADA }, { address: ADA }],
  [{ email: ADA, email_verified: null }, { address: ADA }],
  [{ email: ADA, email_verified: false }, { denied: "email-unverified" }],
  [{ email: ADA, email_verified: "false" }, { denied: "email-unverified" }],
  [{ email: "ada@sub.example.com" }, { denied: "email-unverified" }],
  [{ email: "ada@evil-example.com" }, { denied: "email-unverified" }],
])("with example.com trusted, %j gives %j", (claims, claim) => {
  expect(emailClaim(claims, ["example.com"])).toEqual(claim);
});

test.each([
  ["42", "42"],
  [42, "42"],
  ["auth0|5f7c", "auth0|5f7c"],
  ["", null],
  [null, null],
  [1.5, null],
  [["42"], null],
  [{ id: 42 }, null],
  ["42\0", null],
  ["x".repeat(256), null],
])("the subject %j is %j", (subject, read) => {
  expect(subjectClaim(subject)).toBe(read);
});

test.each([
  ["https://id.example/", "https://id.example"],
  ["https://id.example/tenant", "https://id.example/tenant"],
  ["", null],
  [undefined, null],
  [["https://id.example"], null],
])("the issuer %j is %j", (issuer, read) => {
  expect(issuerClaim(issuer)).toBe(read);
});

test.each<[ProviderClaims, string | null]>([
  [{ name: "Ada Lovelace" }, "Ada Lovelace"],
  [{ name: ["Ada"], preferred_username: "ada" }, "ada"],
  [{ name: 7 }, null],
  [{ name: "\u200b", login: "ada" }, "ada"],
  [{ name: "A\u0000da\u202e\r\nBcc: x" }, "Ada Bcc: x"],
  [{ name: `${"x".repeat(99)}😀😀` }, `${"x".repeat(99)}😀`],
])("%j is called %j", (claims, name) => {
  expect(nameClaim(claims)).toBe(name);
});

test("reading claims of any type never throws", () => {
  const claims = fc.record(
    {
      email: fc.anything(),
      email_verified: fc.anything(),
      name: fc.anything(),
      preferred_username: fc.anything(),
      sub: fc.anything(),
      iss: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(claims, (given: ProviderClaims) => {
      expect(() => [emailClaim(given, []), nameClaim(given), subjectClaim(given.sub)]).not.toThrow();
      expect(() => issuerClaim(given.iss)).not.toThrow();
    }),
  );
});
