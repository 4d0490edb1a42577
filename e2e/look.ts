import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing that axe finds, and nothing wider than the screen. */
export async function look(page: Page, what: string): Promise<void> {
  // All of a page is of one origin: nothing has to be put together in a second page, which takes as long again.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
  expect(found, what).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${what} is too wide`).toBeLessThanOrEqual(0);
}

/** The same at both widths and in both themes, where the page stands: width decides the layout, theme the colours. */
export async function lookAround(page: Page, what: string): Promise<void> {
  for (const { width, height, colorScheme } of [
    { width: 390, height: 844, colorScheme: "dark" },
    { width: 1440, height: 900, colorScheme: "light" },
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await look(page, `${what}, ${width} px, ${colorScheme}`);
  }
}
