import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanLine,
  cleanLines,
  cleanName,
  escapeUnprintable,
  findNul,
  hasVisibleText,
  lengthOf,
  markUnprintable,
  storable,
  storableDeep,
  storableJson,
  truncate,
} from "./text.ts";

const ODD = [
  ..."\0\t\n\v\f\r\u0085\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029\u2060\ufeff\u3164\u2800",
  "\ud83d",
  "\udc69",
  "👩",
  "👩‍💻",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "1️⃣",
  "葛󠄀",
  "می‌خواهم",
  "\u{e0041}",
  "e",
  "\u0301",
  "\uffff",
  " ",
  "A",
];
const odd = fc
  .array(fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary", maxLength: 2 })), { maxLength: 12 })
  .map((parts) => parts.join(""));
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/u;

describe("a clean line", () => {
  test("has no control, direction control, zero-width space, line break or half a surrogate pair", () => {
    fc.assert(fc.property(odd, (text) => void expect(cleanLine(text)).not.toMatch(UNPRINTABLE)));
  });

  test("has single spaces only, and none at its ends", () => {
    fc.assert(fc.property(odd, (text) => void expect(cleanLine(text)).not.toMatch(/^\s|\s$|\s\s|[^\S ]/)));
  });

  test("does not change when it is cleaned again", () => {
    fc.assert(fc.property(odd, (text) => void expect(cleanLine(cleanLine(text))).toBe(cleanLine(text))));
  });

  test("keeps every visible letter, digit and sign", () => {
    const visible = (text: string) => text.normalize("NFD").match(/[\p{Ll}\p{Lu}\p{Nd}\p{Sm}]/gu) ?? [];
    fc.assert(
      fc.property(odd, (text) => {
        expect(visible(cleanLine(text))).toEqual(visible(text.toWellFormed()));
      }),
    );
  });

  test.each([
    ["A\0da", "Ada"],
    ["Ada\u202egnp.exe", "Adagnp.exe"],
    ["\u2067Ada\u2069", "Ada"],
    ["Ada\r\nBcc: eve@example.com", "Ada Bcc: eve@example.com"],
    ["a\ttab and\u00a0a  gap\u3000", "a tab and a gap"],
    ["Ada\u200b \ufeffLovelace\u2060", "Ada Lovelace"],
    ["cut inside \ud83d", "cut inside"],
    ["\u200b\u200e\u2066", ""],
    ["e\u0301", "é"],
    ["tag\u{e0041}ged", "tagged"],
    ["la\u200dtin\u200c", "latin"],
    ["2\ufe0f", "2"],
  ])("%j becomes %j", (text, line) => {
    expect(cleanLine(text)).toBe(line);
  });

  test.each(["👩‍💻", "👩🏽‍⚕️", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "می‌خواهم", "ශ්‍රී", "葛󠄀城", "Привет, мир", "R&D <ops> 100 %"])(
    "%s stays whole",
    (text) => {
      expect(cleanLine(text)).toBe(text);
    },
  );
});

test("text of several lines keeps its lines, tabs and indentation, and nothing unprintable", () => {
  expect(cleanLines("a\r\nb\rc\u2028d\n\n\t- e  f\0\u202e\ud83d\n")).toBe("a\nb\nc\nd\n\n\t- e  f");
  fc.assert(
    fc.property(odd, (text) => {
      const clean = cleanLines(text);
      expect(clean.replace(/[\n\t]/g, " ")).not.toMatch(UNPRINTABLE);
      expect(cleanLines(clean)).toBe(clean);
    }),
  );
});

test.each(["", " ", "\u200b", "\u2800", "\u0301", "\u3164\u202e", "\ud83d"])(
  "%j shows nothing to a reader",
  (text) => {
    expect(hasVisibleText(text)).toBe(false);
  },
);

test("a truncated text is a beginning of the text, within bounds, and never cut inside a character", () => {
  fc.assert(
    fc.property(odd, fc.integer({ min: 1, max: 20 }), (text, max) => {
      const clean = cleanLine(text);
      const cut = truncate(clean, max);
      expect(lengthOf(cut)).toBeLessThanOrEqual(max);
      expect(clean.startsWith(cut)).toBe(true);
      expect(cut.isWellFormed()).toBe(true);
    }),
  );
  expect(truncate(`${"a".repeat(99)}👩‍💻`, 100)).toBe("a".repeat(99));
  expect(truncate(`${"a".repeat(99)}😀`, 100)).toBe(`${"a".repeat(99)}😀`);
});

test.each([[["Ada"]], [7], [null], [undefined], [{ name: "Ada" }], [true], ["\u200b"], [""]])(
  "%j is no name",
  (value) => {
    expect(cleanName(value, 100)).toBeNull();
  },
);

test("a name from a provider is truncated to fit", () => {
  expect(cleanName("x".repeat(1_000_000), 100)).toBe("x".repeat(100));
  expect(cleanName(" Ada\nLovelace ", 100)).toBe("Ada Lovelace");
});

test("characters that databases reject are replaced, never removed, so that different texts stay different", () => {
  expect(storable("ada\0")).toBe("ada\ufffd");
  expect(storable("a\ud800b")).toBe("a\ufffdb");
  expect(storable("größe 😀")).toBe("größe 😀");
});

test("stored JSON has no NUL and no half of a surrogate pair, in texts, keys or depth", () => {
  const value = { "k\0": ["\ud83d", { deep: "\udc00\0" }], text: "\\u0000 as typed", n: 1.5, none: null };
  expect(JSON.parse(storableJson(value))).toEqual({
    "k\ufffd": ["\ufffd", { deep: "\ufffd\ufffd" }],
    text: "\\u0000 as typed",
    n: 1.5,
    none: null,
  });
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (json) => {
      expect(storableDeep(JSON.parse(storableJson(json)))).toEqual(JSON.parse(storableJson(json)));
    }),
  );
});

describe("findNul", () => {
  test.each<[unknown, string[] | null]>([
    ["a\0", []],
    [{ a: [1, null, { b: "\0" }] }, ["a", "2", "b"]],
    [{ "a\0": 1 }, ["a\0"]],
    [{ openapi: "\0", a: "b" }, null],
    [{ a: { openapi: "\0" } }, ["a", "openapi"]],
    [{ a: "\u0001", b: [], c: {} }, null],
  ])("in %j: %j", (value, path) => expect(findNul(value)).toEqual(path));

  test("reads what is nested deeper than calls can be", () => {
    const depth = 200_000;
    expect(findNul(JSON.parse(`${"[".repeat(depth)}"\\u0000"${"]".repeat(depth)}`))).toHaveLength(20);
    expect(findNul(JSON.parse("[".repeat(depth) + "]".repeat(depth)))).toBeNull();
  });
});

test("JSON with escaped unprintable characters has the same value, and nothing that a terminal obeys or hides", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("\u202ea", "\u009b31m", "a\u{e0041}b"),
  );
  fc.assert(
    fc.property(fc.dictionary(texts, texts), (value) => {
      const json = escapeUnprintable(JSON.stringify(value));
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(json).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0080-\u0084\u0086-\u009f\u00ad\u200b]/);
    }),
  );
});

test("unprintable characters are marked, and those that emoji and scripts need are not", () => {
  expect(markUnprintable("a\u200bb\u202e")).toBe("a\ufffdb\ufffd");
  expect(markUnprintable("❤️ می‌خواهم")).toBe("❤️ می‌خواهم");
});

test("a long row of combining marks is cut, and takes linear time", () => {
  const marks = "\u0301\u0316".repeat(500_000);
  const cut = cleanLine(`a${marks} b`);
  expect(lengthOf(cut)).toBeLessThan(110);
  expect(cut.endsWith(" b")).toBe(true);
  expect([cleanLine(cut), cleanLines(cut)]).toEqual([cut, cut]);
  // Each of these marks becomes two.
  const two = cleanLine(`a${"\u0344\u200b".repeat(200)}b`);
  expect(cleanLine(two)).toBe(two);
});
