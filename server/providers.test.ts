import { expect, test } from "vitest";
import { makeProvider } from "#test/people.ts";
import { linksByEmail, verifiesEmail } from "./providers.ts";

const GITHUB = { id: "id", secret: "only for tests", linkDomains: null };
const acme = makeProvider({ id: "acme", requiredDomains: ["acme.example"], trustedDomains: ["acme.test"] });
const partner = makeProvider({ id: "partner", linkDomains: ["partner.example"] });
const several = { github: GITHUB, oidc: [acme, partner] };

test.each([
  ["acme", "ada@acme.example", true],
  ["acme", "ada@acme.test", true],
  ["acme", "ada@sub.acme.example", false],
  ["acme", "ada@partner.example", false],
  ["partner", "ada@partner.example", true],
  ["partner", "ada@acme.example", false],
  ["github", "ada@partner.example", false],
  ["unknown", "ada@acme.example", false],
])("of several providers, %s may open the account %s: %s", (provider, email, expected) => {
  expect(linksByEmail(several, provider, email)).toBe(expected);
});

test("the only provider may open all accounts, unless a setting names the domains", () => {
  const [only] = [makeProvider({ id: "oidc" })];
  expect(linksByEmail({ github: null, oidc: [only] }, "oidc", "ada@any.example")).toBe(true);
  expect(linksByEmail({ github: GITHUB, oidc: [] }, "github", "ada@any.example")).toBe(true);
  const limited = { ...only, linkDomains: ["acme.example"] };
  expect(linksByEmail({ github: null, oidc: [limited] }, "oidc", "ada@any.example")).toBe(false);
  expect(linksByEmail({ github: null, oidc: [limited] }, "oidc", "ada@acme.example")).toBe(true);
});

test("of several providers, one with the setting * may open all accounts", () => {
  const settings = { github: { ...GITHUB, linkDomains: "all" as const }, oidc: [acme] };
  expect(linksByEmail(settings, "github", "ada@any.example")).toBe(true);
  expect(linksByEmail(settings, "acme", "ada@any.example")).toBe(false);
});

test("a provider verifies no address with which only others may open accounts", () => {
  const verified = ["acme", "partner", "github"].map((id) =>
    ["ada@acme.test", "ada@partner.example", "ada@any.example"].map((email) =>
      verifiesEmail(several, id, email),
    ),
  );
  expect(verified).toEqual([
    [true, false, true],
    [false, true, true],
    [false, false, true],
  ]);
  const settings = { github: { ...GITHUB, linkDomains: "all" as const }, oidc: [partner] };
  expect(verifiesEmail(settings, "partner", "ada@any.example")).toBe(false);
  expect(verifiesEmail(settings, "partner", "ada@partner.example")).toBe(true);
});
