import fc from "fast-check";
import { expect, test } from "vitest";
import { checkInputSchema, readCheckInput } from "./check-input.ts";

const names = Object.keys(checkInputSchema.shape).filter((name) => name !== "cost");
const text = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("", "a", "POST", "x".repeat(100), "x".repeat(101)) },
  fc.constantFrom(null, undefined, 1, true, [], ["a"], {}, "x".repeat(16_384), "x".repeat(16_385)),
);
const cost = fc.constantFrom<unknown>(
  0,
  1,
  1_000,
  1_001,
  -1,
  -0,
  1.5,
  "",
  "1",
  null,
  undefined,
  Number.NaN,
  1e300,
  true,
);
const odd = fc.constantFrom("__proto__", "constructor", "clientIP", "key ", "toString", "");

test("an input is read as its schema says, whatever is in it", () => {
  const fields = fc.record(
    { ...Object.fromEntries(names.map((name) => [name, text])), cost },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, fc.option(odd), fc.option(text), (known, name, value) => {
      const sent = JSON.stringify(known);
      const more =
        name === null
          ? ""
          : `${sent === "{}" ? "" : ","}${JSON.stringify(name)}:${JSON.stringify(value ?? "")}`;
      const body = JSON.parse(`${sent.slice(0, -1)}${more}}`);
      const expected = checkInputSchema.safeParse(body);
      const read = readCheckInput(body);
      if ("errors" in read) {
        const oneOfTwo = (body.method === undefined) !== (body.path === undefined);
        expect(expected.success && !oneOfTwo).toBe(false);
      } else expect(read.input).toEqual(expected.data);
    }),
    { numRuns: 500 },
  );
});

test.each([null, undefined, 1, "", "text", true, [], [{}]])("%j is no valid input", (value) => {
  expect(readCheckInput(value)).toHaveProperty("errors");
});
