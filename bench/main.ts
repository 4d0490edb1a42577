import { parseArgs } from "node:util";
import { type Goal, isMet, shown } from "./lib/goal.ts";
import { machine } from "./lib/machine.ts";
import { report, writeReport } from "./lib/report.ts";
import { measureAdminPages } from "./parts/admin-pages.ts";
import { measureAuditExport } from "./parts/audit-export.ts";
import { measureCounting, measureMergeMemory } from "./parts/counting.ts";
import { type LagOptions, lagOptions, measureCountingLag } from "./parts/counting-lag.ts";
import { measureDemo } from "./parts/demo.ts";
import { measureDryRun } from "./parts/dry-run.ts";
import { measureGrowth } from "./parts/growth.ts";
import { measureImportedJunk } from "./parts/imported-junk.ts";
import { measureIpAddresses } from "./parts/ip-addresses.ts";
import { measureJavaScript } from "./parts/javascript.ts";
import { measureLighthouse } from "./parts/lighthouse.ts";
import { measureLocal } from "./parts/local.ts";
import { measureOverload } from "./parts/overload.ts";
import { measurePages } from "./parts/pages.ts";
import { measurePortalRoute } from "./parts/portal-route.ts";
import { measureRestrictedChecks } from "./parts/restricted-checks.ts";
import { measureRevocation } from "./parts/revocation.ts";
import { measureScale } from "./parts/scale.ts";
import { measureSpeed } from "./parts/speed.ts";

const PORTS = { verifier: 4711, portal: 4712, peer: 4713, busyPeer: 4714 };
const PARTS: Record<string, (options: LagOptions) => Promise<Goal[]>> = {
  speed: () => measureSpeed(PORTS.verifier),
  growth: () => measureGrowth(PORTS),
  imports: () => measureImportedJunk(PORTS.verifier),
  overload: () => measureOverload(PORTS.verifier),
  local: () => measureLocal(PORTS),
  revocation: async () => [await measureRevocation(PORTS.peer)],
  portal: () => measurePortalRoute(PORTS),
  pages: () => measurePages(PORTS.portal),
  restrictions: async () => [
    ...(await measureRestrictedChecks(PORTS)),
    measureIpAddresses(),
    await measureCounting(),
    measureMergeMemory(),
    ...(await measureDryRun()),
  ],
  admin: measureAdminPages,
  scale: measureScale,
  lag: measureCountingLag,
  export: () => measureAuditExport(PORTS.portal),
  demo: measureDemo,
  javascript: () => measureJavaScript(PORTS.portal),
  lighthouse: () => measureLighthouse(PORTS.portal),
};

/**
 * `npm run bench [-- part …] [--no-write] [--minutes N] [--database sqlite|postgres]`: measures each goal against a peer in the same run, prints the
 * results and, after a run of all parts, writes docs/performance.md. Exits with 1 if a goal was missed or a
 * part failed. `--minutes` and `--database` are for `lag`.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "no-write": { type: "boolean", default: false },
      minutes: { type: "string" },
      database: { type: "string" },
    },
  });
  const options = lagOptions(values);
  const unknown = positionals.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    throw new Error(`there is no part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
  }
  const { lines } = machine();
  console.log(lines.join("\n"));
  const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
  const goals: Goal[] = [];
  const failed: string[] = [];
  for (const name of names) {
    console.log(`\n${name} …`);
    for (const goal of await measure(name, options, failed)) {
      goals.push(goal);
      const { measured, unit, is, limit, details } = goal;
      console.log(
        `${isMet(goal) ? "PASS " : "SHORT"} ${goal.name}: ${shown(measured)} ${unit}, ${is} ${shown(limit)}`,
      );
      for (const detail of details) console.log(`      ${detail}`);
    }
  }
  const missed = goals.filter((goal) => !isMet(goal)).length;
  const failures = failed.length > 0 ? `, not measured: ${failed.join(", ")}` : "";
  console.log(`\n${goals.length - missed} met, ${missed} short${failures}`);
  const isWhole = names.length === Object.keys(PARTS).length;
  if (isWhole && !values["no-write"]) {
    const notMeasured = failed.map((name) => `not measured, because the part failed: \`${name}\``);
    writeReport(report(goals, "npm run bench", [...lines, ...notMeasured]));
  }
  process.exitCode = missed + failed.length > 0 ? 1 : 0;
}

/** The goals of one part. An error is printed and noted in `failed`, and leaves the other parts their run. */
async function measure(name: string, options: LagOptions, failed: string[]): Promise<Goal[]> {
  try {
    return (await PARTS[name]?.(options)) ?? [];
  } catch (error) {
    failed.push(name);
    console.error(error);
    return [];
  }
}

await main();
