import { freshDeployment } from "../lib/database.ts";
import { type Goal, shown } from "../lib/goal.ts";
import { runLighthouse, type Scores } from "../lib/lighthouse.ts";
import { startPortal } from "../lib/portal.ts";
import { signIn } from "../lib/session.ts";

const CHECKS = 100_000;
const RUNS = 3;
const DESKTOP_GOAL = 95;
const MOBILE_GOAL = 85;

/** Lighthouse's scores of the pages that people see first and most, with the demo's data. */
export async function measureLighthouse(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(CHECKS);
  const portal = await startPortal(deployment, port);
  try {
    const cookie = await signIn(portal.url);
    const { q, t } = deployment.db.read;
    const [key] = await q.select({ projectId: t.keys.projectId }).from(t.keys).limit(1);
    const project = `/projects/${key?.projectId}`;
    const results = runLighthouse({
      runs: RUNS,
      pages: [
        { url: `${portal.url}/sign-in`, cookie: null },
        ...[`${project}/keys`, `${project}/usage`, "/admin"].map((path) => ({
          url: portal.url + path,
          cookie,
        })),
      ],
    });
    const desktop = results.filter(({ profile }) => profile === "desktop");
    const mobile = results.filter(({ profile }) => profile === "mobile");
    return [
      goalOf("Lighthouse, desktop: performance", DESKTOP_GOAL, desktop, "performance"),
      goalOf("Lighthouse, desktop: accessibility", DESKTOP_GOAL, desktop, "accessibility"),
      goalOf("Lighthouse, desktop: best practices", DESKTOP_GOAL, desktop, "best-practices"),
      goalOf("Lighthouse, mobile: performance", MOBILE_GOAL, mobile, "performance"),
    ];
  } finally {
    await portal.stop();
    await deployment.remove();
  }
}

type Category = "performance" | "accessibility" | "best-practices";

/** The lowest score of the pages. */
function goalOf(name: string, limit: number, pages: readonly Scores[], category: Category): Goal {
  return {
    name,
    measured: Math.min(...pages.map((page) => page[category])),
    limit,
    is: "at least",
    unit: "of 100",
    details: pages.flatMap((page) => [
      `${nameOf(page.url)} ${page[category]}${whyOf(page, category)}`,
      ...(category === "performance" ? page.shifts.map((shift) => `  shift ${shift}`) : []),
    ]),
  };
}

function nameOf(url: string): string {
  return new URL(url).pathname.replace(/(prj|key)_\w+/g, "{id}");
}

function whyOf({ metrics, failed }: Scores, category: Category): string {
  if (category !== "performance") return failed.length > 0 ? `: ${failed.join(", ")}` : "";
  const ms = (id: string) => `${shown(metrics[id] ?? 0)} ms`;
  return [
    `: first content ${ms("first-contentful-paint")}`,
    `largest ${ms("largest-contentful-paint")}`,
    `blocked ${ms("total-blocking-time")}`,
    `shift ${shown(metrics["cumulative-layout-shift"] ?? 0)}`,
  ].join(", ");
}
