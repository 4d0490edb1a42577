import { expect, test } from "vitest";
import { parseJsonObject } from "./body.ts";

const JSON_BODY = new Headers({ "content-type": "application/json" });
const parse = (text: string) => parseJsonObject(Buffer.from(text), JSON_BODY);
const DEEP = `${"[".repeat(900_000)}${"]".repeat(900_000)}`;

test.each([
  ["metadata.a", '{"metadata": {"a": 1, "a": 2}}'],
  ["unitsPerOperation.export.*", '{"unitsPerOperation": {"export.*": 1, "export.*": 20}}'],
  ["terms.unitsPerOperation.a", '{"terms": {"unitsPerOperation": {"a": 1, "a": 2}}}'],
])("a name that is given twice is an error, because the first value would be lost: %s", (path, text) => {
  expect(() => parse(text)).toThrow(
    expect.objectContaining({ status: 400, errors: [{ path, message: "is given more than once" }] }),
  );
});

test.each([
  ["a list", `{"keys": [${DEEP}]}`],
  ["a key", `{"metadata": {"a": 1}, "b": ${DEEP}}`],
  ["an import", `{"keys": [{"metadata": {"a": 1}}, ${DEEP}]}`],
])("a body of a million levels is rejected: %s", (_, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400 }));
});
