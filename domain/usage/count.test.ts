import { expect, test } from "vitest";
import { withinResponse } from "./count.ts";
import type { Usage, UsagePoint } from "./schema.ts";

const HOUR = 3_600_000;

/** This many series over 100 hours, the largest first. */
function usageOf(groups: number): Usage {
  const series = Array.from({ length: groups }, (_, n) => {
    const checks = groups - n;
    const points = Array.from(
      { length: 100 },
      (_, hour): UsagePoint => [1_796_000_400_000 + hour * HOUR, checks],
    );
    return {
      group: `key_${n}`.padEnd(26, "x"),
      label: `“${n}”`.padEnd(100, "ü"),
      points,
      total: 100 * checks,
    };
  });
  const total = series.reduce((sum, one) => sum + one.total, 0);
  return { interval: "hour", from: "2026-11-29", to: "2026-12-04", series, total };
}

test("a response with very many groups stays under 1 MiB: the smallest are added up, and the total stays", () => {
  const whole = usageOf(5_000);
  const answer = withinResponse(whole);
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(1_048_576);
  const others = answer.series.at(-1);
  expect(others?.group).toBe("(others)");
  expect(others?.points.map(([bucket]) => bucket)).toEqual(whole.series[0]?.points.map(([bucket]) => bucket));
  expect(answer.series.slice(0, -1)).toEqual(whole.series.slice(0, answer.series.length - 1));
  expect(answer.series.reduce((sum, one) => sum + one.total, 0)).toBe(whole.total);
  expect(others?.points.reduce((sum, [, checks]) => sum + checks, 0)).toBe(others?.total);
  expect(answer.total).toBe(whole.total);
});

test("a response that is small enough has every group", () => {
  const whole = usageOf(300);
  expect(withinResponse(whole)).toBe(whole);
});
