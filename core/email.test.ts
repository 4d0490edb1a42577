import fc from "fast-check";
import { expect, test } from "vitest";
import { domainOf, readEmail } from "./email.ts";

test.each([
  ["ada@example.com", "ada@example.com"],
  ["  ada+x@example.com\n", "ada+x@example.com"],
  ["ADA@EXAMPLE.COM", "ada@example.com"],
  ["o'neil@example.com", "o'neil@example.com"],
  ["a/b@example.com", "a/b@example.com"],
  ["admin@localhost", "admin@localhost"],
  ["ada@intranet", "ada@intranet"],
  ["ada@bücher.example", "ada@xn--bcher-kva.example"],
  ["ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example"],
  ["ada@example。com", "ada@example.com"],
  ["ada@123.example", "ada@123.example"],
])("%j is the address %s", (text, address) => {
  expect(readEmail(text)).toEqual({ address });
});

test.each([
  ["", /Write an email address/],
  ["ada", /Write an email address/],
  ["@example.com", /Write an email address/],
  ["ada@", /Write an email address/],
  ['"ada lovelace"@example.com', /quotation marks/],
  ["ada(work)@example.com", /comments/],
  ["a@attacker.com,b@example.com", /one email address only/],
  ["a@attacker.com;b@example.com", /one email address only/],
  ["a@b@example.com", /one email address only/],
  ["Ada <ada@example.com>", /without a name/],
  ["<ada@example.com>", /without a name/],
  ["ada@exam ple.com", /spaces/],
  ["ada\u200b@example.com", /invisible/],
  ["ada@example.com\0", /invisible/],
  ["ada\ud83d@example.com", /invisible/],
  ["ada\r\nBcc:eve@example.com", /spaces/],
  [".ada@example.com", /dot/],
  ["a..da@example.com", /dot/],
  ["\u212aate@example.com", /letters a to z/],
  ["ａda@example.com", /letters a to z/],
  ["аda@example.com", /letters a to z/],
  ["müller@example.com", /letters a to z/],
  ["ada@[127.0.0.1]", /not an IP address/],
  ["ada@127.0.0.1", /not an IP address/],
  ["ada@0x7f.1", /not an IP address/],
  ["ada@example.com:25", /domain/],
  ["ada@example.com/x", /domain/],
  ["ada@exa%6dple.com", /domain/],
  ["ada@example.com.", /domain/],
  ["ada@-example.com", /domain/],
  ["ada@exam_ple.com", /domain/],
  [`${"a".repeat(65)}@example.com`, /at most 64/],
  [`ada@${"a.".repeat(130)}com`, /at most 254/],
])("%j is rejected with a message that helps", (text, error) => {
  expect(readEmail(text)).toEqual({ error: expect.stringMatching(error) });
});

test("a parsed address is ASCII, names one mailbox and parses to itself", () => {
  const usual = fc.constantFrom(..."aZ0.+-ü\u212a");
  const part = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.string({ unit: usual, maxLength: 8 }),
  );
  fc.assert(
    fc.property(part, part, (local, domain) => {
      const reading = readEmail(`${local}@${domain}`);
      if (!("address" in reading)) return;
      expect(reading.address).toMatch(/^[!#-'*+\-/-9=?^-~]+(\.[!#-'*+\-/-9=?^-~]+)*@[a-z0-9.-]+$/);
      expect(readEmail(reading.address)).toEqual(reading);
      expect(domainOf(reading.address)).not.toContain("@");
    }),
    { numRuns: 500 },
  );
});

test("the part before the @ only changes in the case of A to Z", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 6 }), (local) => {
      const reading = readEmail(`${local}@example.com`);
      if ("address" in reading) {
        expect(reading.address).toBe(`${local.trim().replace(/[A-Z]/g, (c) => c.toLowerCase())}@example.com`);
      }
    }),
  );
});
