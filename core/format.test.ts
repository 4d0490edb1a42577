import { expect, test } from "vitest";
import { formatBytes, formatDecimal } from "./format.ts";

test("an amount keeps all its digits, and its whole part has separators", () => {
  const amounts = ["0", "49.90", "999", "1234.5", "12345678901234567890.000001"];
  expect(amounts.map(formatDecimal)).toEqual([
    "0",
    "49.90",
    "999",
    "1,234.5",
    "12,345,678,901,234,567,890.000001",
  ]);
});

test("a size is in KiB, rounded up, and in MiB from 1 MiB, without a zero after the point", () => {
  const mib = 1_048_576;
  const sizes = [1, 1_025, mib - 1_024, mib - 1, mib, 1.26 * mib, 2 * mib, 1_234.5 * mib];
  expect(sizes.map(formatBytes)).toEqual([
    "1 KiB",
    "2 KiB",
    "1023 KiB",
    "1 MiB",
    "1 MiB",
    "1.3 MiB",
    "2 MiB",
    "1,234.5 MiB",
  ]);
});
