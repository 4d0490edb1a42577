import { expect, test } from "vitest";
import { InexactNumber, isExact, parseExactly } from "./exact-number.ts";

test.each([
  "0",
  "-0",
  "1",
  "1.0",
  "100",
  "1e2",
  "1.50",
  "0.1",
  "-2.5E-3",
  "9007199254740992",
  "1e300",
  "5e-324",
])("%s is kept as it is", (source) => expect(isExact(source, Number(source))).toBe(true));

test.each([
  "12345678901234567890",
  "9007199254740993",
  "1e400",
  "-1e400",
  "1e-400",
  "0.1000000000000000055",
  `1${"0".repeat(400)}`,
])("%s would change", (source) => expect(isExact(source, Number(source))).toBe(false));

test("only numbers that would change are marked, at any depth", () => {
  expect(parseExactly('{"a": 1.0, "b": [12345678901234567890], "c": "1e400"}')).toEqual({
    a: 1,
    b: [new InexactNumber("12345678901234567890")],
    c: "1e400",
  });
});

test("a long number takes linear time", () => {
  const [long, padded] = [`0.1${"0".repeat(1_000_000)}1`, `0.1${"0".repeat(1_000_000)}`];
  expect(parseExactly(`[${long}, ${padded}]`)).toEqual([new InexactNumber(long), 0.1]);
});
