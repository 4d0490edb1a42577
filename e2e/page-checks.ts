import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { TEST_SCOPE } from "#test/scope.ts";

/** How pages are looked at. Width decides the layout and theme the colors, so two of the four show all of both. */
export const COMBINATIONS = [
  { name: "desktop, light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;
type Combination = (typeof COMBINATIONS)[number];

/** Whether this run looks at the page in this combination. A short run takes one for each page, always the same. */
export function isLookedAt(what: string, combination: Combination): boolean {
  const sum = [...what].reduce((total, character) => total + character.charCodeAt(0), 0);
  return TEST_SCOPE === "all" || COMBINATIONS[sum % COMBINATIONS.length] === combination;
}

/** Nothing that axe finds, and nothing wider than the screen. */
export async function look(page: Page, what: string): Promise<void> {
  // All of a page is of one origin: nothing has to be put together in a second page, which takes as long again.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, what).toEqual([]);
  await expectFits(page, what);
}

/** Looks at the page as it stands, in the combinations of this run; that it fits the screen, in each. */
export async function lookAround(page: Page, what: string): Promise<void> {
  for (const combination of COMBINATIONS) {
    await page.setViewportSize(combination.viewport);
    await page.emulateMedia({ colorScheme: combination.colorScheme });
    const where = `${what}, ${combination.name}`;
    if (isLookedAt(what, combination)) await look(page, where);
    else await expectFits(page, where);
  }
}

/** Nothing is wider than the screen. */
export async function expectFits(page: Page, what: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${what} is too wide`).toBeLessThanOrEqual(0);
}
