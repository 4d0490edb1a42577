import { expect, test } from "vitest";
import { DAY_MS, startOf } from "#core/time.ts";
import { callersOf } from "./callers.ts";
import { buildFixtures } from "./fixtures.ts";
import { generateTotal } from "./generate.ts";

const NOW = Date.UTC(2026, 10, 23, 12, 34);

/** The traffic of new fixtures, with random ids replaced by stable names. */
function trafficOf(seed: string): string[] {
  const fixtures = buildFixtures(NOW, "lk");
  const names = new Map<string, string>();
  for (const { id, name } of fixtures.projects) names.set(id, name);
  for (const { id, spec, secrets } of fixtures.keys) {
    names.set(id, spec.service);
    secrets.forEach((secret, i) => {
      names.set(secret.id, `${spec.service} ${i}`);
    });
  }
  const fromMs = startOf(DAY_MS, NOW) - 7 * DAY_MS;
  const span = { seed, callers: callersOf(fixtures), epochMs: fromMs, fromMs, toMs: NOW };
  return generateTotal(span, 20_000).usage.rows.map((row) =>
    Object.values(row)
      .map((value) => names.get(String(value)) ?? value)
      .join(" "),
  );
}

test("the same seed and time generate the same traffic, another seed different traffic", () => {
  const traffic = trafficOf("parley");
  expect(trafficOf("parley")).toEqual(traffic);
  expect(trafficOf("other")).not.toEqual(traffic);
});
