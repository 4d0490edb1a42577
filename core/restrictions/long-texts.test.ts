import { expect, test } from "vitest";
import { processorTime } from "#test/processor-time.ts";
import { readIp } from "./ips.ts";
import { readReferrer } from "./referrers.ts";

test("a long text of nested brackets or quotation marks blocks nobody", () => {
  for (const nested of ["[".repeat(1_000) + "]".repeat(1_000), `"`.repeat(2_000)]) {
    const readAll = () => {
      for (let entry = 0; entry < 500; entry++) expect(readIp(nested).ok).toBe(false);
    };
    expect(processorTime(readAll, 100)).toBeLessThan(100);
  }
});

test("suggestions for a long text with many schemes or sites take little time", () => {
  const suggest = () => {
    for (const unit of ["1://", "*://", "a.de,", "x y;"]) {
      for (let times = 0; times < 500; times++) readReferrer(unit.repeat(2_000 / unit.length));
    }
  };
  expect(processorTime(suggest, 300)).toBeLessThan(300);
});
