/** The colors that follow from the accent of a brand. Pages and the server use this module. */

/** A color in OKLCH: lightness 0 to 1, chroma, hue in degrees. */
interface Oklch {
  l: number;
  c: number;
  h: number;
}

/** One theme's tokens of globals.css that depend on the accent, as `#rrggbb`. */
export interface AccentShades {
  accent: string;
  "accent-fill": string;
  "accent-fill-hover": string;
  "accent-ink": string;
  "accent-soft": string;
}

/** What text in the accent color stands on: tokens of globals.css. */
export const ACCENT_BACKGROUNDS = {
  light: {
    canvas: { l: 0.984, c: 0.003, h: 200 },
    surface: { l: 1, c: 0, h: 0 },
    hover: { l: 0.962, c: 0.005, h: 200 },
  },
  dark: {
    canvas: { l: 0.168, c: 0.009, h: 222 },
    surface: { l: 0.2, c: 0.01, h: 222 },
    raised: { l: 0.235, c: 0.011, h: 222 },
    hover: { l: 0.256, c: 0.012, h: 222 },
  },
} as const;

/** WCAG 2.2: text (1.4.3), and parts of controls that carry meaning (1.4.11). */
const TEXT_CONTRAST = 4.5;
const PART_CONTRAST = 3;
const STEP = 0.005;

/**
 * The shades of an accent color `#rrggbb` in both themes. Hue and chroma are the brand's. The lightness is the nearest
 * one at which text has a contrast of 4.5:1 and controls 3:1, so any color is readable.
 */
export function accentShades(hex: string): Record<"light" | "dark", AccentShades> {
  const brand = toOklch(hex);
  return { light: shadesOn("light", brand), dark: shadesOn("dark", brand) };
}

/** The rules for globals.css's tokens; two selectors each, so that they win over the defaults in any order. Print is light. */
export function accentStylesheet(hex: string): string {
  const { light, dark } = accentShades(hex);
  const rule = (selector: string, shades: AccentShades) =>
    `${selector}{${Object.entries(shades)
      .map(([name, value]) => `--${name}:${value}`)
      .join(";")}}`;
  return `${rule(":root:root", light)}\n@media not print{${rule(":root.dark", dark)}}\n`;
}

function shadesOn(theme: "light" | "dark", brand: Oklch): AccentShades {
  const soft = toHex(
    theme === "light"
      ? { l: 0.945, c: Math.min(brand.c * 0.32, 0.03), h: brand.h }
      : { l: 0.295, c: Math.min(brand.c * 0.5, 0.045), h: brand.h },
  );
  const { canvas, surface } = ACCENT_BACKGROUNDS[theme];
  const grounds = [...Object.values(ACCENT_BACKGROUNDS[theme]).map(toHex), soft];
  const text = nearest(brand, (hex) => grounds.every((ground) => contrastOf(hex, ground) >= TEXT_CONTRAST));
  const fill = nearest(
    brand,
    (hex) =>
      [canvas, surface].every((ground) => contrastOf(hex, toHex(ground)) >= PART_CONTRAST) &&
      inkOn(hex) !== null,
  );
  const ink = inkOn(fill) ?? WHITE;
  return {
    accent: text,
    "accent-fill": fill,
    "accent-fill-hover": hoverOf(fill, ink),
    "accent-ink": ink,
    "accent-soft": soft,
  };
}

const WHITE = "#ffffff";
const BLACK = "#101314";

/** The color of text on a fill; null if neither white nor black is readable there. */
function inkOn(fill: string): string | null {
  return [WHITE, BLACK].find((ink) => contrastOf(ink, fill) >= TEXT_CONTRAST) ?? null;
}

/** A step away from the ink, which only raises the contrast; towards it where no darker color is left. */
function hoverOf(fill: string, ink: string): string {
  const { l, ...rest } = toOklch(fill);
  const away = ink === WHITE ? l - 0.05 : l + 0.04;
  return toHex({ ...rest, l: away < 0.05 ? l + 0.1 : Math.min(1, away) });
}

/** The color of the nearest lightness that fits. Black or white fits in any theme. */
function nearest(from: Oklch, fits: (hex: string) => boolean): string {
  for (let distance = 0; distance <= 1; distance += STEP) {
    for (const l of [from.l - distance, from.l + distance]) {
      if (l < 0 || l > 1) continue;
      const hex = toHex({ ...from, l });
      if (fits(hex)) return hex;
    }
  }
  return fits("#000000") ? "#000000" : WHITE;
}

/** The contrast of two colors `#rrggbb`, 1 to 21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other].map(luminanceOf).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(hex: string): number {
  const [r, g, b] = linearOf(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

type Rgb = [number, number, number];

/** Linear light, 0 to 1. */
function linearOf(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** By Björn Ottosson's matrices. */
export function toOklch(hex: string): Oklch {
  const [r, g, b] = linearOf(hex);
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const bb = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  const hue = (Math.atan2(bb, a) * 180) / Math.PI;
  return { l, c: Math.hypot(a, bb), h: (hue + 360) % 360 };
}

function toLinear({ l, c, h }: Oklch): Rgb {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** As sRGB. A color that no screen shows loses chroma until one does. */
function toHex(color: Oklch): string {
  let { c } = color;
  let rgb = toLinear(color);
  while (c > 0 && rgb.some((channel) => channel < -0.0005 || channel > 1.0005)) {
    c = Math.max(0, c - 0.004);
    rgb = toLinear({ ...color, c });
  }
  return `#${rgb.map(hexOf).join("")}`;
}

function hexOf(channel: number): string {
  const linear = Math.min(1, Math.max(0, channel));
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(value * 255)
    .toString(16)
    .padStart(2, "0");
}
