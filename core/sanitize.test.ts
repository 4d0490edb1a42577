import fc from "fast-check";
import { expect, test } from "vitest";
import { sanitize, sanitizeUrl } from "./sanitize.ts";
import { generateToken, redactTokens } from "./tokens.ts";

const anything = fc.string({ unit: "binary" });
const around = fc.oneof(
  anything,
  fc.stringMatching(/^\w{0,50}$/),
  fc.stringMatching(/^ab_live_[0-9A-Za-z]{30,36}$/),
);

test("sanitized text is one line of bounded length", () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 1, max: 40 }), (text, max) => {
      const kept = sanitize(text, max);
      expect(kept.length).toBeLessThanOrEqual(max);
      expect(kept).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      expect(kept.isWellFormed()).toBe(true);
    }),
  );
});

test("sanitized text contains no token, wherever it was", () => {
  const kinds = fc.constantFrom("live", "test", "svc", "mgt", "scim");
  fc.assert(
    fc.property(
      around,
      fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/),
      kinds,
      around,
      (before, prefix, kind, behind) => {
        const token = generateToken(prefix, kind as "live");
        expect(sanitize(before + token + behind, 10_000)).not.toContain(token.slice(-30, -10));
        expect(redactTokens(`_${token}`)).not.toContain(token.slice(-30, -10));
      },
    ),
  );
});

test.each([
  ["https://ada:secret@example.com/x", "https://…@example.com/x"],
  ["https:/ada:secret@example.com/x", "https:/…@example.com/x"],
  ["https:\\\\ada:secret@example.com", "https:…@example.com"],
  ["ada:secret@example.com", "ada:…@example.com"],
  ["https://ada:se/secret@example.com", "https://…@example.com"],
  ["https://ada:se?secret@example.com/x", "https://…@example.com/x"],
  ["https://example.com/@ada", "https://example.com/@ada"],
  ["https://example.com:8443/u/@ada", "https://example.com:8443/u/@ada"],
])("a URL's user and password are not kept: %s", (text, kept) => {
  expect(sanitizeUrl(text, 100)).toBe(kept);
});

test("a token with escaped underscores is removed too", () => {
  const token = generateToken("lk", "live");
  const escaped = `https://example.com/${token.replace("_", "%5F").replace("_", "%5f")}`;
  expect(sanitize(escaped, 500)).not.toContain(token.slice(-30, -10));
});

test("characters that nobody sees, or that turn the text around, are visible in it", () => {
  expect(sanitize("api\u200b", 64)).toBe("api\ufffd");
  expect(sanitize("\u202egpj.exe", 64)).toBe("\ufffdgpj.exe");
  expect(sanitize("a\0b\u00adc\u{e0041}", 64)).toBe("a b\ufffdc\ufffd");
});

test.each(["badges.sync_all Größe", "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", "می‌خواهم"])(
  "ordinary text stays unchanged: %s",
  (text) => {
    expect(sanitize(text, 100)).toBe(text);
  },
);
