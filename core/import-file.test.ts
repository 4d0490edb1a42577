import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRecords } from "./csv.ts";
import { importRow, readImportFile, suggestedMapping } from "./import-file.ts";

test("CSV is read as RFC 4180 says, with a comma, semicolon or tab", () => {
  expect([...csvRecords('\ufeffa,b\r\n"x, ""y""",2\r\n\r\n"line\nbreak",\n')]).toEqual([
    ["a", "b"],
    ['x, "y"', "2"],
    ["line\nbreak", ""],
  ]);
  expect([...csvRecords("a;b\n1;2")]).toEqual([
    ["a", "b"],
    ["1", "2"],
  ]);
  expect([...csvRecords("a\tb,c\td\n1\t2\t3")].at(-1)).toEqual(["1", "2", "3"]);
});

test("every table is read back as it was written", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", " ", "é") });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
      const text = `x,y\n${rows.map((row) => row.map(quoted).join(",")).join("\n")}`;
      expect([...csvRecords(text)].slice(1)).toEqual(rows);
    }),
  );
});

test.each([
  ["a quote that does not end", 'a,b\n"secret,2', "Line 2: a quote does not end."],
  ["text after a quote", 'a,b\n"secret"x,2', "Line 2: text follows a closing quote."],
  ["too many fields", "a,b\n1,2,secret", "Record 1 has more fields than there are columns."],
  ["two columns of one name", "a,a\n1,secret", "Two columns have the same name."],
  ["an empty file", "", "The file is empty."],
  [
    "a number that would change",
    '{"token": "secret", "metadata": {"n": 1}}\n{"token": "secret", "metadata": {"a": "x", "id": 12345678901234567890}}',
    "Line 2: metadata.id can't be kept exactly as a number: send it as a string.",
  ],
  [
    "such a number in a column of the metadata",
    '{"token": "secret", "metadata.id": 1e400}',
    "Line 1: metadata.id can't be kept exactly",
  ],
  ["a broken line of JSON", '{"a": 1}\n{"token": "secret"', "Line 2 is not a JSON object."],
])("a file with %s is rejected without quoting it", (_, text, message) => {
  expect(() => readImportFile(text)).toThrow(message);
});

test("columns are recognized in any spelling", () => {
  const columns = ["Name", "external_id", "EXPIRES AT", "metadata.plan", "shade"];
  expect(suggestedMapping(columns, ["name", "externalId", "expiresAt", "tags"])).toEqual({
    Name: "name",
    external_id: "externalId",
    "EXPIRES AT": "expiresAt",
    "metadata.plan": "metadata.plan",
  });
});

test("columns become the fields of a row, and constants fill what it lacks", () => {
  const mapping = { n: "name", h: "hash", start: "lookup", t: "tags", plan: "metadata.plan", tok: "token" };
  const constants = { environment: "live", algorithm: "bcrypt" };
  expect(
    importRow(
      { n: "a", h: "$2b$", start: "sk_live_", t: "x; y,", plan: "pro", tok: "", extra: "1" },
      { mapping, constants },
    ),
  ).toEqual({
    name: "a",
    environment: "live",
    tags: ["x", " y"],
    metadata: { plan: "pro" },
    hash: { algorithm: "bcrypt", value: "$2b$", lookup: "sk_live_" },
  });
  expect(importRow({ tok: "secret" }, { mapping, constants })).toEqual({
    environment: "live",
    token: "secret",
  });
});

test("a field with several values in one row becomes a list, which the import rejects for this row only", () => {
  const mapping = {
    plan: "metadata.plan",
    tier: "metadata.plan",
    a: "name",
    b: "name",
    t: "tags",
    u: "tags",
  };
  const row = (fields: Record<string, string>) => importRow(fields, { mapping, constants: {} });
  expect(row({ plan: "pro", tier: "free", a: "x", b: "y" })).toEqual({
    metadata: { plan: ["pro", "free"] },
    name: ["x", "y"],
  });
  expect(row({ plan: "pro", tier: "pro", a: "x", b: "" })).toEqual({ metadata: { plan: "pro" }, name: "x" });
  expect(row({ t: "a;b", u: "c" })).toEqual({ tags: ["a", "b", "c"] });
  const { rows } = readImportFile('{"name": "a", "metadata": {"x": 1, "x": 2}}\n{"name": "b"}');
  expect(rows).toEqual([{ name: "a", metadata: { x: [2, null] } }, { name: "b" }]);
  const both = { "metadata.x": "1", metadata: { x: 2, y: 3 } };
  expect(importRow(both, { mapping: null, constants: {} })).toEqual({ metadata: { x: ["1", 2], y: 3 } });
});

test("names of an object's own parts stay entries", () => {
  const { rows } = readImportFile('{"__proto__": {"name": "x"}, "metadata.__proto__": "y"}');
  const row = importRow(rows[0], { mapping: null, constants: {} }) as { name?: string; metadata: object };
  expect(row.name).toBeUndefined();
  expect(Object.keys(row).sort()).toEqual(["__proto__", "metadata"]);
  expect(Object.keys(row.metadata)).toEqual(["__proto__"]);
});

test("a hostile file takes time in proportion to its size", () => {
  const long = "x".repeat(1_000_000);
  expect(readImportFile(`name,token\n"${long}",${long}`).rows).toEqual([{ name: long, token: long }]);
  expect(() => readImportFile(`name,token\n"${long}`)).toThrow("Line 2: a quote does not end.");
  expect(readImportFile(`name\n${'""'.repeat(1)}${"\n".repeat(100_000)}`).rows).toEqual([]);
  expect(readImportFile(`{"name": "${long}"}\r\n`).rows).toEqual([{ name: long }]);
  expect(() => readImportFile(`{"a": ${"[".repeat(200_000)}`)).toThrow("Line 1 is not a JSON object.");
  expect(readImportFile(`a\0b,name\nx\0,y`)).toMatchObject({ rows: [{ "a\0b": "x\0", name: "y" }] });
  const many = Array.from({ length: 20_000 }, (_, at) => `c${at}`).join(",");
  expect(readImportFile(`${many}\n1`)).toMatchObject({ kind: "csv" });
});

test("a line of JSON is taken as it is, with constants", () => {
  const row = { name: "a", environment: "test", hash: { algorithm: "sha256", encoding: "hex", value: "00" } };
  expect(importRow(row, { mapping: null, constants: { environment: "live" } })).toEqual(row);
  expect(
    importRow({ name: "a", hash: { value: "00" } }, { mapping: null, constants: { algorithm: "sha256" } }),
  ).toEqual({
    name: "a",
    hash: { algorithm: "sha256", value: "00" },
  });
  expect(importRow(null, { mapping: null, constants: {} })).toBeNull();
});

test("a column that is named like a property of every object is not mapped", () => {
  const row = { name: "a", constructor: "x", toString: "y" };
  expect(importRow(row, { mapping: { name: "name" }, constants: {} })).toEqual({ name: "a" });
});
