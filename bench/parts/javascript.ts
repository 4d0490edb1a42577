import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright";
import { cookiesOf, launchBrowser } from "#test/browser.ts";
import { freshDeployment } from "../lib/database.ts";
import { type Goal, shown } from "../lib/goal.ts";
import { startPortal } from "../lib/portal.ts";
import { signIn } from "../lib/session.ts";

const PLAIN_LIMIT_KB = 160;
const CHART_LIMIT_KB = 260;

interface Page {
  path: string;
  hasChart: boolean;
  /** Visited without a session. */
  isOutside: boolean;
}

/** The JavaScript that a browser fetches on the first visit of each page, gzipped. */
export async function measureJavaScript(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(10_000);
  const portal = await startPortal(deployment, port);
  const browser = await launchBrowser();
  try {
    const cookie = await signIn(portal.url);
    const { q, t } = deployment.db.read;
    const [key] = await q.select({ id: t.keys.id, projectId: t.keys.projectId }).from(t.keys).limit(1);
    const sizes = [];
    for (const page of pagesOf(key?.projectId ?? "", key?.id ?? "")) {
      const context = await browser.newContext();
      if (!page.isOutside) await context.addCookies(cookiesOf(cookie, portal.url));
      sizes.push({ ...page, kB: await scriptsOf(context, portal.url + page.path) });
      await context.close();
    }
    return [
      goalOf(
        "First-load JavaScript, gzipped: the heaviest page without a chart",
        PLAIN_LIMIT_KB,
        sizes,
        false,
      ),
      goalOf("First-load JavaScript, gzipped: the heaviest page with a chart", CHART_LIMIT_KB, sizes, true),
    ];
  } finally {
    await browser.close();
    await portal.stop();
    await deployment.remove();
  }
}

function pagesOf(projectId: string, keyId: string): Page[] {
  const project = `/projects/${projectId}`;
  const outside = ["/sign-in", "/sign-up", "/setup?token=unknown", "/invite?token=unknown"];
  const plain = [
    "/projects",
    `${project}/keys`,
    `${project}/keys/${keyId}?tab=secrets`,
    `${project}/keys/${keyId}?tab=denials`,
    `${project}/denials`,
    `${project}/requests`,
    `${project}/limits`,
    `${project}/apis`,
    `${project}/members`,
    `${project}/settings`,
    `${project}/audit`,
    "/apis",
    "/apis/badges",
    "/account",
    "/admin/apis",
    "/admin/approvals",
    "/admin/service-tokens",
    "/admin/projects",
    "/admin/users",
    "/admin/verifiers",
    "/admin/audit",
  ];
  const charts = [
    project,
    `${project}/usage`,
    `${project}/keys/${keyId}?tab=usage`,
    `${project}/keys/${keyId}?tab=restrictions`,
    "/admin",
  ];
  return [
    ...outside.map((path) => ({ path, hasChart: false, isOutside: true })),
    ...plain.map((path) => ({ path, hasChart: false, isOutside: false })),
    ...charts.map((path) => ({ path, hasChart: true, isOutside: false })),
  ];
}

/** Total size of the scripts fetched until the network is idle, without prefetches of links, kB. */
async function scriptsOf(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  await page.route("**/*", (route) =>
    route.request().headers()["next-router-prefetch"] ? route.abort() : route.continue(),
  );
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script" && response.ok()) bodies.push(response.body());
  });
  const response = await page.goto(url, { waitUntil: "networkidle" });
  if (!response?.ok()) throw new Error(`${url} answered ${response?.status()}`);
  const scripts = await Promise.all(bodies);
  return scripts.reduce((sum, script) => sum + gzipSync(script).byteLength, 0) / 1_000;
}

function goalOf(
  name: string,
  limit: number,
  sizes: readonly (Page & { kB: number })[],
  hasChart: boolean,
): Goal {
  const pages = sizes.filter((page) => page.hasChart === hasChart);
  return {
    name,
    measured: Math.max(...pages.map(({ kB }) => kB)),
    limit,
    is: "at most",
    unit: "kB",
    details: [
      pages.map(({ path, kB }) => `${path.replace(/(prj|key)_\w+/g, "{id}")} ${shown(kB)}`).join(", "),
    ],
  };
}
