import { expect, test } from "vitest";
import { formatBytes } from "./format.ts";

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
