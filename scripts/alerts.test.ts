import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { TEST_SCOPE } from "../test/scope.ts";

const FOLDER = "docs/operate/monitoring";
interface Rules {
  groups: { rules: { alert: string }[] }[];
}
interface RuleTests {
  tests: { name: string; alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
}
const read = (file: string) => parse(readFileSync(`${FOLDER}/${file}`, "utf8"));

function promtool(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("promtool", args, { encoding: "utf8", cwd: FOLDER });
  return { status, output: stdout + stderr };
}

test("every alert has a situation in which it fires, and one in which it does not", () => {
  const alerts = (read("alerts.yaml") as Rules).groups.flatMap(({ rules }) =>
    rules.map(({ alert }) => alert),
  );
  const checks = (read("alerts.test.yaml") as RuleTests).tests.flatMap((each) => each.alert_rule_test);
  const named = (fires: boolean) =>
    checks.filter(({ exp_alerts }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname);
  expect(named(true).sort()).toEqual([...alerts].sort());
  expect(named(false).sort()).toEqual([...alerts].sort());
});

// Debian's package of Prometheus also installs a server, so only the long suite needs it.
if (TEST_SCOPE === "all") {
  test.each([
    ["the alerts are valid", ["check", "rules", "alerts.yaml"]],
    ["the scrape configuration is valid", ["check", "config", "--syntax-only", "prometheus.yaml"]],
    [
      "alerts fire in these situations and no others, with these texts",
      ["test", "rules", "alerts.test.yaml"],
    ],
  ])("%s", (_, args) => {
    const { status, output } = promtool(...args);
    expect(status, output).toBe(0);
  });
}
