import { expect, test } from "vitest";
import { nameSchema } from "./fields.ts";

const errorsOf = (name: string) => nameSchema.safeParse(name).error?.issues.map(({ message }) => message);

test("an empty name has one error, and one of characters that can't be seen another", () => {
  expect(errorsOf(" ")).toEqual(["Write something here."]);
  expect(errorsOf("\u0301")).toEqual(["Use letters, digits or signs that can be seen."]);
  expect(errorsOf("Ada")).toBeUndefined();
});
