import { cookiesOf, launchBrowser } from "#test/browser.ts";
import { hasLargeBudget, JAVASCRIPT_BUDGET_KB, loadedScriptsKb } from "#test/javascript-budget.ts";
import { BEFORE_SIGN_IN, PAGES } from "../../e2e/page-list.ts";
import { freshDeployment } from "../lib/database.ts";
import { type Goal, shown } from "../lib/goal.ts";
import { startPortal } from "../lib/portal.ts";
import { signIn } from "../lib/session.ts";

/** How many pages the details name, the heaviest first. */
const NAMED = 12;

interface PageSize {
  path: string;
  isLarge: boolean;
  kB: number;
}

/** The JavaScript that a browser fetches on the first visit of each page, gzipped. */
export async function measureJavaScript(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const portal = await startPortal(deployment, port);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const sizes: PageSize[] = [];
    const visit = async (template: string, path = template) => {
      await page.goto(portal.url + path, { waitUntil: "networkidle" });
      sizes.push({ path: template, isLarge: hasLargeBudget(path), kB: await loadedScriptsKb(page) });
    };
    for (const path of BEFORE_SIGN_IN) await visit(path);
    await page.context().addCookies(cookiesOf(await signIn(portal.url), portal.url));
    const { q, t } = deployment.db.read;
    const [key] = await q.select({ id: t.keys.id, projectId: t.keys.projectId }).from(t.keys).limit(1);
    for (const template of PAGES) {
      await visit(template, template.replace("{p}", key?.projectId ?? "").replace("{k}", key?.id ?? ""));
    }
    return [
      goalOf(
        "First-load JavaScript, gzipped: the heaviest page without a chart",
        JAVASCRIPT_BUDGET_KB.plain,
        sizes.filter(({ isLarge }) => !isLarge),
      ),
      goalOf(
        "First-load JavaScript, gzipped: the heaviest page with a chart",
        JAVASCRIPT_BUDGET_KB.chart,
        sizes.filter(({ isLarge }) => isLarge),
      ),
    ];
  } finally {
    await browser.close();
    await portal.stop();
    await deployment.remove();
  }
}

function goalOf(name: string, limit: number, pages: readonly PageSize[]): Goal {
  const sorted = pages.toSorted((a, b) => b.kB - a.kB);
  const over = sorted.filter(({ kB }) => kB > limit).length;
  const named = sorted.slice(0, NAMED).map(({ path, kB }) => `${path} (${shown(kB)} kB)`);
  return {
    name,
    measured: sorted[0]?.kB ?? Number.NaN,
    limit,
    is: "at most",
    unit: "kB",
    details: [`${over} of ${pages.length} pages over it; the heaviest: ${named.join(", ")}`],
  };
}
