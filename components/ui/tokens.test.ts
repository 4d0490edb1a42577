import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ACCENT_BACKGROUNDS, accentShades, toOklch } from "#core/brand/accent.ts";

/** Tokens of one theme as they stand in globals.css: name to [lightness, chroma, hue]. */
function themeOf(selector: string): Map<string, [number, number, number]> {
  const css = readFileSync("app/globals.css", "utf8");
  const block = new RegExp(`\\n${selector} \\{([\\s\\S]*?)\\n\\}`).exec(css)?.[1] ?? "";
  const tokens = [...block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)];
  return new Map(tokens.map(([, name = "", l, c, h]) => [name, [Number(l), Number(c), Number(h)]]));
}

/** Relative luminance (WCAG 2) of an OKLCH color, by Björn Ottosson's matrices. */
function luminance([l, c, h]: [number, number, number]): number {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = clamp(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = clamp(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Map<string, [number, number, number]>, one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map((name) => luminance(theme.get(name) ?? [Number.NaN, 0, 0]))
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "raised", "hover"];
const TEXT: [text: string, ground: string][] = [
  ...["ink", "muted", "accent", "good", "attention", "bad"].flatMap((text) =>
    GROUNDS.map((ground): [string, string] => [text, ground]),
  ),
  ["accent-ink", "accent-fill"],
  ["accent-ink", "accent-fill-hover"],
  ["bad-ink", "bad-fill"],
  ["bad-ink", "bad-fill-hover"],
  ["accent", "accent-soft"],
  ["good", "good-soft"],
  ["attention", "attention-soft"],
  ["bad", "bad-soft"],
  ["muted", "inert-soft"],
  ...["good-soft", "attention-soft", "bad-soft", "inert-soft"].map((ground): [string, string] => [
    "ink",
    ground,
  ]),
];
const PARTS = ["edge", "accent", "accent-fill", "inert", "chart-valid", "chart-credential"].flatMap((part) =>
  ["canvas", "surface"].map((ground): [string, string] => [part, ground]),
);

test.each([":root", "\\.dark"])(
  "every text of %s has a contrast of at least 4.5:1 on every background it is used on",
  (selector) => {
    const theme = themeOf(selector);
    const weak = TEXT.filter(([text, ground]) => !(contrast(theme, text, ground) >= 4.5));
    expect(weak).toEqual([]);
  },
);

test.each([":root", "\\.dark"])(
  "every part of %s that carries meaning has a contrast of at least 3:1",
  (selector) => {
    const theme = themeOf(selector);
    const weak = PARTS.filter(([part, ground]) => !(contrast(theme, part, ground) >= 3));
    expect(weak).toEqual([]);
  },
);

/** The theme with the shades of a brand's color in place of the default accent. */
function brandedTheme(selector: string, hex: string): Map<string, [number, number, number]> {
  const { light, dark } = accentShades(hex);
  const shades = Object.entries(selector === ":root" ? light : dark);
  const triples = shades.map(([name, value]): [string, [number, number, number]] => {
    const { l, c, h } = toOklch(value);
    return [name, [l, c, h]];
  });
  return new Map([...themeOf(selector), ...triples]);
}

const COLORS = [
  ..."#000000 #ffffff #808080 #ffff00 #00ff00 #ff0000 #0000ff #00ffff #ff00ff #010101 #fefefe".split(" "),
  // Colors of companies: light, dark, gray and strong ones.
  ..."#ff6600 #635bff #f6c915 #0b6b5b #1db954 #e60023 #191414 #ffe01b #b5c7d3 #7a7a7a #fee715".split(" "),
];

test.each([":root", "\\.dark"])("whatever color a company has, everything in %s is readable", (selector) => {
  const accented = (pair: [string, string]) => pair.some((name) => name.startsWith("accent"));
  const weak = COLORS.flatMap((color) => {
    const theme = brandedTheme(selector, color);
    const below = (pairs: [string, string][], least: number) =>
      pairs.filter(([one, other]) => !(contrast(theme, one, other) >= least - 0.01));
    return [...below(TEXT.filter(accented), 4.5), ...below(PARTS.filter(accented), 3)].map((pair) => [
      color,
      pair,
    ]);
  });
  expect(weak).toEqual([]);
});

test("the grounds on which shades are chosen are those of the pages", () => {
  for (const [selector, theme] of [
    [":root", "light"],
    ["\\.dark", "dark"],
  ] as const) {
    const tokens = themeOf(selector);
    for (const [name, { l, c, h }] of Object.entries(ACCENT_BACKGROUNDS[theme]))
      expect(tokens.get(name)).toEqual([l, c, h]);
  }
});

test("a color that is readable in a theme stays as it is there", () => {
  expect(accentShades("#635bff").light["accent-fill"]).toBe("#635bff");
  expect(accentShades("#ffe01b").dark["accent-fill"]).toBe("#ffe01b");
});
