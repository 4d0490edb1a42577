import { sumUsage } from "#engine/usage/store.ts";
import { addKeys, freshDeployment } from "../lib/database.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { startPortal } from "../lib/portal.ts";
import { signIn } from "../lib/session.ts";

const KEYS = 5_000;
const CHECKS = 5_000_000;
/** The demo's busiest project has more than half of all checks. */
const TOTAL_CHECKS = 10_000_000;
const REQUESTS = 60;
const WARM_UP = 10;
const LIMIT_MS = 100;

/** Time from request to last byte of the two heaviest pages, one request at a time. */
export async function measurePages(port: number): Promise<Goal[]> {
  const deployment = await freshDeployment(TOTAL_CHECKS);
  const { db, demo } = deployment;
  try {
    const [project] = demo.projects;
    const projectId = project?.id ?? "";
    await addKeys(db, projectId, KEYS);
    const counted = await checksOf(deployment, projectId);
    if (counted < CHECKS) throw new Error(`the project has only ${counted} checks`);
    const portal = await startPortal(deployment, port);
    try {
      const cookie = await signIn(portal.url);
      const keys = await timePage(`${portal.url}/projects/${projectId}/keys`, cookie);
      const usage = await timePage(`${portal.url}/projects/${projectId}/usage?range=90d`, cookie);
      return [
        pageGoal(`Keys page of a project with ${shown(KEYS)} keys: server time, median`, keys),
        pageGoal(`Usage page over 90 days with ${shown(counted)} checks: server time, median`, usage),
      ];
    } finally {
      await portal.stop();
    }
  } finally {
    await deployment.remove();
  }
}

async function checksOf({ db }: Awaited<ReturnType<typeof freshDeployment>>, id: string): Promise<number> {
  const [row] = await sumUsage(db.read, {
    buckets: [{ interval: "day", from: 0 }],
    where: { projectId: [id] },
    by: [],
    sums: ["checks"],
  });
  return row?.checks ?? 0;
}

async function timePage(url: string, cookie: string): Promise<{ times: number[]; bytes: number }> {
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0; i < WARM_UP + REQUESTS; i++) {
    const startedAt = performance.now();
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    bytes = (await response.arrayBuffer()).byteLength;
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    if (i >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return { times, bytes };
}

function pageGoal(name: string, { times, bytes }: { times: number[]; bytes: number }): Goal {
  const sorted = times.toSorted((a, b) => a - b);
  const slow = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  return {
    name,
    measured: median(times),
    limit: LIMIT_MS,
    is: "at most",
    unit: "ms",
    details: [`${times.length} requests, 95% within ${shown(slow)} ms, ${shown(bytes / 1024)} kB of HTML`],
  };
}
