import { expect, test } from "vitest";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { readIp } from "./ips.ts";
import type { ParsedEntry } from "./parsed-entry.ts";
import { readReferrer } from "./referrers.ts";

const SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
/** A zero-width space, a left-to-right mark, a word joiner, a soft hyphen, an override and a byte order mark. */
const INVISIBLE = ["\u200b", "\u200e", "\u2060", "\u00ad", "\u202e", "\ufeff"];

const READERS: Record<string, [visible: string, read: (text: string) => ParsedEntry<unknown>]> = {
  "an address": ["198.51.100.7", readIp],
  "a network": ["2001:db8::/32", readIp],
  "a site": ["*.example.com", readReferrer],
  "a site with a path": ["example.com/shop/*", readReferrer],
  "a package": ["com.example.app", (text) => readAndroidApp({ package: text, sha1: SHA1 })],
  "a fingerprint": [SHA1, (text) => readAndroidApp({ package: "com.example.app", sha1: text })],
  "a bundle id": ["com.example.app", (text) => readIosApp({ bundleId: text })],
};

test.each(Object.entries(READERS))(
  "invisible characters in %s are removed with a notice, wherever they are",
  (_, [text, read]) => {
    const plain = read(text);
    if (!plain.ok) expect.unreachable(plain.message);
    expect(plain.notices.map(({ code }) => code)).not.toContain("invisible-removed");
    for (const character of INVISIBLE) {
      for (const at of [0, 3, text.length]) {
        const parsed = read(text.slice(0, at) + character + text.slice(at));
        expect(parsed).toMatchObject({ ok: true, entry: plain.entry, text: plain.text });
        expect(parsed.ok && parsed.notices[0]?.code).toBe("invisible-removed");
      }
    }
  },
);

test("only invisible characters count as an empty entry", () => {
  expect(readIp("\u200b\u2060")).toMatchObject({ ok: false, code: "ip-empty" });
  expect(readReferrer("\u200b")).toMatchObject({ ok: false, code: "referrer-empty" });
});
