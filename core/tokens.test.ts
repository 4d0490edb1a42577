import fc from "fast-check";
import { expect, test } from "vitest";
import vectors from "#test/vectors/tokens.json" with { type: "json" };
import {
  acceptedPrefixes,
  checkOf,
  findTokens,
  generateToken,
  hashToken,
  hintOf,
  secretKind,
  type TokenKind,
  tokenKind,
} from "./tokens.ts";

const kinds = fc.constantFrom<TokenKind>("live", "test", "svc", "mgt", "scim");
const prefixes = fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/);

test.each(vectors.wellFormed)("a secret from the test vectors is parsed: %s", (secret) => {
  expect(secretKind(vectors.prefix, secret)).not.toBeNull();
});

test.each(vectors.malformed)("a malformed token from the vectors is rejected: %j", (secret) => {
  expect(secretKind(vectors.prefix, secret)).toBeNull();
});

test("the checksum of the example body is the documented one", () => {
  expect(checkOf("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ")).toBe("0mLq17");
});

test("every generated token parses to its kind and matches the pattern for secret scanners", () => {
  fc.assert(
    fc.property(prefixes, kinds, (prefix, kind) => {
      const token = generateToken(prefix, kind);
      expect(tokenKind(prefix, token)).toBe(kind);
      expect(token).toMatch(new RegExp(`^\\b${prefix}_(live|test|svc|mgt|scim)_[0-9A-Za-z]{36}\\b$`));
    }),
  );
});

test("a token with one changed character is rejected", () => {
  const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  fc.assert(
    fc.property(fc.nat(35), fc.constantFrom(...base62), (at, digit) => {
      const token = generateToken("lk", "live");
      const tail = token.slice(8);
      fc.pre(tail[at] !== digit);
      expect(tokenKind("lk", `lk_live_${tail.slice(0, at)}${digit}${tail.slice(at + 1)}`)).toBeNull();
    }),
  );
});

test("any other text is no token, whatever it contains", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (junk) => {
      expect(tokenKind("lk", junk)).toBeNull();
      expect(tokenKind("lk", `lk_live_${junk}`)).toBeNull();
    }),
  );
});

test("a token of another deployment is rejected, even if its prefix starts with ours", () => {
  expect(tokenKind("lk", generateToken("lkx", "live"))).toBeNull();
  expect(tokenKind("lkx", generateToken("lk", "live"))).toBeNull();
});

test("service, management and SCIM tokens are not accepted as secrets of keys", () => {
  expect(secretKind("lk", generateToken("lk", "svc"))).toBeNull();
  expect(secretKind("lk", generateToken("lk", "mgt"))).toBeNull();
  expect(secretKind("lk", generateToken("lk", "scim"))).toBeNull();
});

test("the digits of a body are uniformly distributed", () => {
  const counts = new Map<string, number>();
  const tokens = 4_000;
  for (let i = 0; i < tokens; i++) {
    for (const digit of generateToken("lk", "live").slice(8, 38))
      counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  const expected = (tokens * 30) / 62;
  expect(counts.size).toBe(62);
  // Chi-squared with 61 degrees of freedom exceeds 120 once in a hundred thousand runs.
  const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  expect(chiSquared).toBeLessThan(120);
});

test("the hint contains eight of the 36 characters and the hash none", () => {
  const token = "lk_live_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
  expect(hintOf(token)).toBe("lk_live_zQWB…Lq17");
  expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/);
});

test("tokens are found anywhere in a text", () => {
  const [live, mgt] = [generateToken("lk", "live"), generateToken("lk", "mgt")];
  for (const text of [
    live,
    `KEY=${live}`,
    `"${live}"`,
    `Authorization: Bearer ${live}\r\n`,
    `x${live}`,
    `_${live}_`,
    `é${live}`,
    `${live}trailing`,
    `https://example.com/?key=${live.replaceAll("_", "%5F")}&x=1`,
  ]) {
    expect(findTokens("lk", text, 10), text).toEqual([live]);
  }
  expect(findTokens("lk", `${live}${mgt} ${live}`, 10)).toEqual([live, mgt]);
  expect(findTokens("lk", `${live.slice(0, -1)} acme${live.slice(2)} lk_live_${"a".repeat(36)}`, 10)).toEqual(
    [],
  );
});

test("at most the requested number of tokens is found, in linear time", () => {
  const tokens = Array.from({ length: 20 }, () => generateToken("lk", "test"));
  expect(findTokens("lk", tokens.join(), 5)).toEqual(tokens.slice(0, 5));
  expect(findTokens("lk", "lk_live_".repeat(200_000), 5)).toEqual([]);
});

test("a token hidden in any text is found", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, behind) => {
      const token = generateToken("lk", "live");
      expect(findTokens("lk", before + token + behind, 10)).toContain(token);
    }),
  );
});

test("tokens with any of several prefixes are read and found, in the order of their appearance", () => {
  const [old, current] = [generateToken("lk", "live"), generateToken("acme", "svc")];
  expect(tokenKind(["acme", "lk"], old)).toBe("live");
  expect(tokenKind(["acme", "lk"], current)).toBe("svc");
  expect(tokenKind(["acme", "lk"], generateToken("lkx", "live"))).toBeNull();
  expect(findTokens(["acme", "lk"], `${old} ${current} ${old}`, 10)).toEqual([old, current]);
  expect(findTokens(["acme", "lk"], `${old} ${current}`, 1)).toEqual([old]);
});

test("the accepted prefixes are the current one and then the former ones, each once", () => {
  expect(acceptedPrefixes({ keyPrefix: "acme", formerKeyPrefixes: ["lk", "acme"] })).toEqual(["acme", "lk"]);
  expect(acceptedPrefixes({ keyPrefix: "lk" })).toEqual(["lk"]);
});
