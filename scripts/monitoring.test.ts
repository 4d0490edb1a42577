import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { PortalMetrics } from "#server/metrics/portal-metrics.ts";
import { makeTestDatabase } from "#test/db.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";

interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}
interface Panel {
  id: number;
  title: string;
  targets: { expr: string }[];
}

let dataDir: string;
let verifier: VerifierProcess;
let printed: Map<string, Set<string>>;
let page: string;
let alerts: Alert[];
let panels: Panel[];

/** Used in alerts: metrics of prometheus-community/postgres_exporter and oliver006/redis_exporter. */
const EXPORTERS = [
  "pg_up",
  "pg_stat_activity_count",
  "pg_settings_max_connections",
  "pg_stat_activity_max_tx_duration",
  "redis_up",
  "redis_evicted_keys_total",
  "redis_memory_used_bytes",
  "redis_memory_max_bytes",
];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-monitoring-"));
  verifier = await startVerifier({ DATABASE_URL: await makeTestDatabase(), LATCHKEY_DATA_DIR: dataDir });
  const portal = new PortalMetrics({
    version: "1.0.0",
    dataDir,
    unreadyReason: () => null,
    databaseAvailable: async () => true,
    expiringTokens: async () => ({ user: 0, project: 0, service: 0 }),
    exportMetrics: async () => [],
  });
  portal.watchProcess();
  printed = metricsIn((await (await fetch(verifier.metricsUrl)).text()) + (await portal.text()));
  page = await readFile("docs/operate/monitoring.md", "utf8");
  const rules = parse(await readFile("docs/operate/monitoring/alerts.yaml", "utf8"));
  alerts = rules.groups.flatMap((group: { rules: Alert[] }) => group.rules);
  panels = JSON.parse(await readFile("docs/operate/monitoring/grafana-dashboard.json", "utf8")).panels;
});
afterAll(async () => {
  await verifier.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Names of the metrics in a response, with the names of their series. */
function metricsIn(text: string): Map<string, Set<string>> {
  return new Map(
    [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name = "", type]) => {
      const parts = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
      return [name, new Set(parts.map((part) => name + part))];
    }),
  );
}

/** Series in an expression. */
const seriesIn = (expr: string) => expr.match(/\b(?:latchkey|process|nodejs|pg|redis)_\w+/g) ?? [];

test("alerts and dashboard use only metrics that exist", () => {
  const known = new Set([...[...printed.values()].flatMap((series) => [...series]), ...EXPORTERS]);
  const expressions = [...alerts, ...panels.flatMap(({ targets }) => targets)].map(({ expr }) => expr);
  expect(expressions.length).toBeGreaterThan(30);
  for (const expr of expressions) {
    expect(
      /^up\{job="latchkey-(verifier|portal)"\} == 0$/.test(expr) || seriesIn(expr).length > 0,
      expr,
    ).toBe(true);
    for (const series of seriesIn(expr)) expect(known, expr).toContain(series);
  }
});

test("the page lists exactly the metrics of Latchkey", () => {
  const documented = [...page.matchAll(/^\| `(latchkey_\w+)`/gm)].map(([, name]) => name);
  const ours = [...printed.keys()].filter((name) => name.startsWith("latchkey_"));
  expect(documented.sort()).toEqual(ours.sort());
});

test("the page explains exactly the alerts that exist, and each has a severity", () => {
  const explained = [...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(explained).toEqual(alerts.map(({ alert }) => alert));
  for (const { alert, labels, annotations } of alerts) {
    expect(labels.severity, alert).toMatch(/^(page|ticket)$/);
    expect(annotations.summary, alert).not.toBe("");
  }
});

test("panels of the dashboard have unique ids and titles", () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
});
