import { expect, test } from "vitest";
import { z } from "zod";
import { schemaErrors, shownName } from "./schema-errors.ts";
import { generateToken } from "./tokens.ts";

const schema = z.strictObject({ name: z.string(), limits: z.record(z.string(), z.int("Give a number.")) });
const errorsOf = (value: unknown) => schemaErrors(schema.safeParse(value).error?.issues ?? [], "is unknown");

test("an error has the path of its value, and each unknown name is one", () => {
  expect(errorsOf({ name: "a", limits: { "badges.list": "many" }, nmae: 1, kind: 2 })).toEqual([
    { path: "limits.badges.list", message: "Give a number." },
    { path: "nmae", message: "is unknown" },
    { path: "kind", message: "is unknown" },
  ]);
});

test.each([
  ["unknown names", (name: string) => ({ name: "a", limits: {}, [name]: 1 })],
  ["names in a record", (name: string) => ({ name: "a", limits: { [name]: "many" } })],
])(
  "%s are repeated with a bounded length, without tokens, and all characters are visible",
  (_, inputWith) => {
    const token = generateToken("lk", "live");
    for (const name of ["a".repeat(100_000), "\u202ea\u200bb\0c\u2066", token, `x_${token}`]) {
      const [error] = errorsOf(inputWith(name));
      const shown = JSON.stringify(error);
      expect(shown.length).toBeLessThan(150);
      expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]|\\u0000/u);
      expect(shown).not.toContain(token.slice(-20, -10));
    }
  },
);

test("of many unknown names, the first are listed", () => {
  const names = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`field${at}`, 1]));
  expect(errorsOf({ name: "a", limits: {}, ...names })).toHaveLength(50);
  expect(shownName("clientIP")).toBe("clientIP");
});

test.each([
  [z.int().min(1), 0, "At least 1."],
  [z.int().max(1_000_000), 1_000_001, "At most 1,000,000."],
  [z.number().gt(2), 2, "More than 2."],
  [z.number().lt(2), 2, "Less than 2."],
  [z.int(), Number.NaN, "Give a number."],
  [z.int(), 1.5, "Give a whole number."],
  [z.int(), "many", "Invalid input: expected number, received string"],
  [z.int().min(1, "One or more."), 0, "One or more."],
])("a number out of bounds is named in plain words", (number, value, message) => {
  expect(schemaErrors(number.safeParse(value).error?.issues ?? [], "is unknown")).toEqual([
    { path: "", message },
  ]);
});

test("a name of a record that has errors is reported with them", () => {
  const record = z.record(z.string().regex(/^[a-z]+$/, "Use lower-case letters."), z.int());
  expect(schemaErrors(record.safeParse({ A: 1 }).error?.issues ?? [], "is unknown")).toEqual([
    { path: "A", message: "Use lower-case letters." },
  ]);
});
