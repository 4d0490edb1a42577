import type { Page } from "playwright";

/** The most JavaScript that the first visit of a page may load, in kB of 1,000 bytes, gzipped. */
export const JAVASCRIPT_BUDGET_KB = { plain: 160, chart: 260 };

/** Pages with a chart, the editor of restrictions, and pages whose URL opens a dialog. */
const WITH_CHART =
  /^\/admin$|\/usage(\?|$)|\/projects\/[^/]+$|\/keys\/[^/?]+(\?tab=(usage|restrictions)\b.*)?$|[?&]new=/;

export function hasLargeBudget(path: string): boolean {
  return WITH_CHART.test(path) && !path.endsWith("/keys/import");
}

/** The scripts that a page has loaded so far, in kB as sent, including those that the browser had in its cache. */
export async function loadedScriptsKb(page: Page): Promise<number> {
  const bytes = await page.evaluate(() => {
    const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const scripts = entries.filter(({ name }) => new URL(name).pathname.endsWith(".js"));
    // A preloaded script has an entry for the preload, and one for its use.
    const sizes = new Map(scripts.map(({ name, encodedBodySize }) => [name, encodedBodySize]));
    return [...sizes.values()].reduce((sum, size) => sum + size, 0);
  });
  return bytes / 1_000;
}
