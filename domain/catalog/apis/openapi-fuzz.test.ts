import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument, stringify } from "yaml";
import { DomainError } from "../../errors.ts";
import { parseOpenApi } from "./openapi.ts";

const badges = {
  openapi: "3.1.0",
  info: { title: "Badges", description: "Badges of honor.", version: "1" },
  servers: [{ url: "https://{region}.example.com/v1/", variables: { region: { default: "eu" } } }],
  paths: {
    "/badges": {
      summary: "Not a method.",
      get: { operationId: "badges.list", summary: "List badges" },
      post: { responses: {} },
    },
  },
};

describe("an almost valid document", () => {
  const odd = fc.constantFrom(
    "{",
    "}",
    "[",
    ": ",
    "- ",
    "&a ",
    "*a",
    '"',
    "'",
    "\n",
    "\t",
    "#",
    "|",
    "!t ",
    "\0",
    "é",
    "%",
    "? ",
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(20),
    put: fc.oneof(fc.constant(""), odd),
  });
  const asYaml = stringify(badges);

  test("is parsed or rejected quickly, however its text was changed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(JSON.stringify(badges, null, 1), asYaml),
        fc.array(edit, { maxLength: 4 }),
        (text, edits) => {
          let changed = text;
          for (const { at, cut, put } of edits) {
            const place = Math.floor(at * changed.length);
            changed = changed.slice(0, place) + put + changed.slice(place + cut);
          }
          mustBeReadOrRejected(changed);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("is parsed or rejected quickly, whatever value is in one of its places", () => {
    const places = [
      ["openapi"],
      ["info"],
      ["info", "title"],
      ["servers"],
      ["servers", 0, "url"],
      ["servers", 0, "variables"],
      ["paths"],
      ["paths", "/badges"],
      ["paths", "/badges", "get"],
      ["paths", "/badges", "get", "operationId"],
      ["components"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 4 }), (place, value) => {
        const changed = parseDocument(asYaml);
        changed.setIn(place, value);
        mustBeReadOrRejected(changed.toJS());
        mustBeReadOrRejected(changed.toString());
      }),
      { numRuns: 150 },
    );
  });
});

function mustBeReadOrRejected(source: string | Record<string, unknown>): void {
  const startedAt = performance.now();
  try {
    parseOpenApi(source);
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: "invalid" });
  }
  expect(performance.now() - startedAt).toBeLessThan(3_000);
}

test("any input gives a document or an error with its place", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.string(), fc.jsonValue())), (source) => {
      mustBeReadOrRejected(source);
    }),
    { numRuns: 300 },
  );
});
