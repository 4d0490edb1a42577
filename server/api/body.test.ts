import { expect, test } from "vitest";
import { parseJsonObject } from "./body.ts";

const JSON_BODY = new Headers({ "content-type": "application/json" });
const parse = (text: string) => parseJsonObject(Buffer.from(text), JSON_BODY);
const DEEP = `${"[".repeat(900_000)}${"]".repeat(900_000)}`;

test.each([
  ["a list", `{"keys": [${DEEP}]}`],
  ["a key", `{"metadata": {"a": 1}, "b": ${DEEP}}`],
  ["an import", `{"keys": [{"metadata": {"a": 1}}, ${DEEP}]}`],
])("a body of a million levels is rejected: %s", (_, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400 }));
});
