import { expect, test } from "vitest";
import { parseJsonObject } from "./body.ts";

const JSON_BODY = new Headers({ "content-type": "application/json" });
const parse = (text: string) => parseJsonObject(Buffer.from(text), JSON_BODY);
const DEEP = `${"[".repeat(900_000)}${"]".repeat(900_000)}`;

test("a body of a million levels takes little time and memory", () => {
  expect(Object.keys(parse(`{"keys": [${DEEP}]}`))).toEqual(["keys"]);
});

test.each([
  ["a key", `{"metadata": {"a": 1}, "b": ${DEEP}}`],
  ["an import", `{"keys": [{"metadata": {"a": 1}}, ${DEEP}]}`],
])("a body of a million levels whose numbers have to be exact is rejected: %s", (_, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400 }));
});
