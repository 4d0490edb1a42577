import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults, RuleObject, RunOptions } from "axe-core";
import { TEST_SCOPE } from "#test/scope.ts";

// Minified, because the browser parses it in each page that is checked.
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Viewports and themes. Width decides the layout and theme the colors, so two of the four cover both. */
export const COMBINATIONS = [
  { name: "desktop, light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;
/**
 * The viewports in which every page must fit: also a small laptop, and the narrowest screen of WCAG 2.2 (1.4.10, Reflow).
 */
export const WIDTHS = [
  ...COMBINATIONS,
  { name: "laptop", viewport: { width: 1280, height: 800 } },
  { name: "narrow", viewport: { width: 320, height: 640 } },
] as const;
type Combination = (typeof COMBINATIONS)[number];

/** Whether this run runs axe on the page in this combination. A short run uses one for each page, always the same. */
export function isChecked(what: string, combination: Combination): boolean {
  const sum = [...what].reduce((total, character) => total + character.charCodeAt(0), 0);
  return TEST_SCOPE === "all" || COMBINATIONS[sum % COMBINATIONS.length] === combination;
}

/** Not among axe's default rules: WCAG 2.2 (2.5.8) asks for targets of 24 by 24 px, or space around them. */
export const TARGET_SIZE = { "target-size": { enabled: true } };

/** Checks that axe finds no violation and that the page fits the screen. `rules` are run besides axe's own choice. */
export async function checkPage(page: Page, what: string, rules: RuleObject = {}): Promise<void> {
  await waitForAnimations(page);
  // A page that refreshes itself while axe reads it has elements without colors for a moment.
  await expect.poll(() => findViolations(page, rules), { message: what, timeout: 10_000 }).toEqual([]);
  await expectFits(page, what);
}

/** Each rule of axe that the page violates, with the start of the elements. Loads axe only if the page does not have it. */
async function findViolations(page: Page, rules: RuleObject): Promise<string[]> {
  // In a frame, axe would have to be loaded too.
  expect(page.frames()).toHaveLength(1);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  // No rule that runs reads the style sheets, which axe would parse again.
  const options: RunOptions = { resultTypes: ["violations"], preload: { assets: ["media"] }, rules };
  return page.evaluate(async (options) => {
    const { violations }: AxeResults = await Reflect.get(window, "axe").run(document, options);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    );
  }, options);
}

/** Checks the page in its current state: with axe in the combinations of this run, and its width in all. */
export async function checkInCombinations(page: Page, what: string): Promise<void> {
  for (const combination of COMBINATIONS) {
    await page.setViewportSize(combination.viewport);
    await page.emulateMedia({ colorScheme: combination.colorScheme });
    const where = `${what}, ${combination.name}`;
    if (isChecked(what, combination)) await checkPage(page, where);
    else await expectFits(page, where);
  }
}

/** Waits until nothing fades in and no color changes: axe would measure the contrast of a state in between. */
async function waitForAnimations(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // A new color scheme is applied with the next frame.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    // A canceled animation has ended too.
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

/**
 * Checks that nothing is wider than the screen, and that no table has to be scrolled sideways. Polls, because the layout
 * can follow a change of the viewport late.
 */
export async function expectFits(page: Page, what: string): Promise<void> {
  const tooWide = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("[role=region]:has(> .table)")]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map((element) => element.ariaLabel ?? "the page"),
    );
  await expect.poll(tooWide, { message: `${what} is too wide` }).toEqual([]);
}
