import { freshDeployment } from "../lib/database.ts";
import { type Goal, shown } from "../lib/goal.ts";

const CHECKS = 1_000_000;

/** How long the demo takes to generate a million checks and write them to SQLite. */
export async function measureDemo(): Promise<Goal[]> {
  const startedAt = performance.now();
  const deployment = await freshDeployment(CHECKS);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { q, t } = deployment.db.read;
  const tables = [t.usageMinutes, t.usageHours, t.usageDays];
  const rows = (await Promise.all(tables.map((table) => q.$count(table)))).reduce((sum, one) => sum + one, 0);
  await deployment.remove();
  return [
    {
      name: "Demo: a million checks over 90 days, written to SQLite",
      measured: seconds,
      limit: 60,
      is: "at most",
      unit: "s",
      details: [`${shown(rows)} rows of minutes, hours and days`],
    },
  ];
}
