import { expect, test } from "vitest";
import { type Press, shortcutOf } from "./shortcuts.ts";

const press = (key: string, rest: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  isTyping: false,
  isCovered: false,
  ...rest,
});

test("single characters search, create and help", () => {
  expect(["/", "c", "?", "x", "C"].map((key) => shortcutOf(press(key), true))).toEqual([
    "search",
    "create",
    "help",
    null,
    null,
  ]);
});

test("a character is no shortcut in an input, under a dialog, composed, held down, or with a modifier", () => {
  for (const rest of [
    { isTyping: true },
    { isCovered: true },
    { isComposing: true },
    { repeat: true },
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
  ]) {
    for (const key of ["/", "c", "?"]) expect(shortcutOf(press(key, rest), true)).toBeNull();
  }
});

test("characters can be disabled; the command menu still opens, in inputs too", () => {
  expect(shortcutOf(press("c"), false)).toBeNull();
  expect(shortcutOf(press("k", { metaKey: true, isTyping: true }), false)).toBe("menu");
  expect(shortcutOf(press("K", { ctrlKey: true }), true)).toBe("menu");
  expect(shortcutOf(press("k"), true)).toBeNull();
});
