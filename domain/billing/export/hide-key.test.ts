import fc from "fast-check";
import { expect, test } from "vitest";
import { hideKey } from "./hide-key.ts";

const KEY = `sk_live/a+b=<&>"'\\^$.*?`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const htmlBy = (entities: Record<string, string>) =>
  KEY.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
const everyChar = (form: (code: number) => string) =>
  [...KEY].map((char) => form(char.charCodeAt(0))).join("");
const hex = (code: number) => code.toString(16).padStart(2, "0");

const FORMS = {
  "as it is": KEY,
  "in JSON": JSON.stringify(KEY).slice(1, -1),
  "in JSON in JSON": JSON.stringify(JSON.stringify(KEY)).slice(3, -3),
  "in JSON by PHP": JSON.stringify(KEY).slice(1, -1).replaceAll("/", "\\/"),
  "in JSON by Go": JSON.stringify(KEY)
    .slice(1, -1)
    .replaceAll(/[<>&]/g, (char) => `\\u00${hex(char.charCodeAt(0))}`),
  "in a URL": encodeURIComponent(KEY),
  "in a URL, in lower case": encodeURIComponent(KEY).replaceAll(/%../g, (code) => code.toLowerCase()),
  "in a URL in a URL": encodeURIComponent(encodeURIComponent(KEY)),
  "in a form": new URLSearchParams({ KEY }).toString().slice(4),
  "in HTML by Python": htmlBy({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" }),
  "in HTML by PHP": htmlBy({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#039;" }),
  "in HTML by Go": htmlBy({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" }),
  "in HTML in HTML": htmlBy({
    "&": "&amp;amp;",
    "<": "&amp;lt;",
    ">": "&amp;gt;",
    '"': "&amp;quot;",
    "'": "&amp;#39;",
  }),
  "in XML": htmlBy({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" }),
  "in HTML, every character": everyChar((code) => `&#x${hex(code).toUpperCase()};`),
  "in JSON, every character": everyChar((code) => `\\u00${hex(code)}`),
  "in mail": everyChar((code) => `=${hex(code).toUpperCase()}`),
  "in Base64": base64(KEY),
  "in Base64 for URLs": Buffer.from(KEY).toString("base64url"),
  "in Base64 in a URL": encodeURIComponent(base64(KEY)),
  "in Base64 in JSON by PHP": base64(KEY).replaceAll("/", "\\/"),
  "in Base64 with a name": base64(`user:${KEY}`),
  "in Base64 with a longer name": base64(`user-1:${KEY}\n`),
  "in Base64 on two lines": base64(KEY).replace(/^.{10}/, "$&\n"),
  "in hex": Buffer.from(KEY).toString("hex"),
  "in hex, in upper case": Buffer.from(`Bearer ${KEY}`).toString("hex").toUpperCase(),
};

test.each(Object.entries(FORMS))("a key is hidden %s", (_, form) => {
  // What is left are signs around it at most, such as "==" in a URL.
  expect(hideKey(`No such key: ${form} (401)`, KEY)).toMatch(/^No such key: \(API key\)(%3D)* \(401\)$/);
});

test("text other than the key is unchanged", () => {
  const words = '{"error":{"message":"Invalid API key: sk_live_****. See https://docs.example/a+b=%3C&x=1"}}';
  expect(hideKey(words, KEY)).toBe(words);
  expect(hideKey("deadbeef c2tfbGl2ZQ== QUJD", KEY)).toBe("deadbeef c2tfbGl2ZQ== QUJD");
});

test("any key is hidden in any form, wherever it is", () => {
  const key = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 4,
    maxLength: 40,
  });
  const forms = [
    (text: string) => text,
    (text: string) => JSON.stringify(text).slice(1, -1),
    encodeURIComponent,
    base64,
    (text: string) => Buffer.from(text).toString("hex"),
  ];
  fc.assert(
    fc.property(key, fc.constantFrom(...forms), fc.string(), (secret, form, around) => {
      const hidden = hideKey(`${around} ${form(secret)} ${around}`, secret);
      expect(hidden).toContain("(API key)");
      if (form(secret) !== "(API key)")
        expect(hidden.replaceAll("(API key)", "")).not.toContain(` ${form(secret)} `);
    }),
  );
});

test("a long text of escapes takes no longer than others", () => {
  const started = performance.now();
  for (const part of ["\\", "&amp;", "%25", "a", "&#0", "=", "\\u002"]) {
    hideKey(part.repeat(100_000), "a".repeat(40));
  }
  expect(performance.now() - started).toBeLessThan(5_000);
});
