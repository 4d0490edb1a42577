import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { processorTime } from "#test/processor-time.ts";
import { compileOperations, type OperationTemplate } from "./compile.ts";

const operation = (name: string, method: string, path: string): OperationTemplate => ({
  name,
  method,
  path,
  basePaths: null,
});
const compile = (operations: OperationTemplate[]) =>
  compileOperations(operations, { basePaths: [], pathMatching: "safe" });

describe("parameters within a segment", () => {
  const literal = fc.constantFrom("-", ".", "--", "a", ":", "(", ")", "$");
  const segment = fc
    .array(fc.oneof(literal, fc.constantFrom("{x}", "{y}")), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(""));

  test("a template matches exactly the paths that its parameters can produce", () => {
    const text = fc.string({ unit: fc.constantFrom(..."-.a:()$"), maxLength: 10 });
    fc.assert(
      fc.property(
        segment,
        text,
        fc.array(text, { minLength: 6, maxLength: 6 }),
        (template, asked, values) => {
          const parts = template.split(/\{[xy]\}/);
          const fits = new RegExp(`^${parts.map((part) => part.replace(/[.$()]/g, "\\$&")).join(".+")}$`);
          const findOne = compile([operation("one", "GET", `/in/${template}`)]);
          const filled = parts.reduce((path, part, at) => `${path}${values[at] || "a"}${part}`);
          for (const path of [asked, filled]) {
            const known = fits.test(path) && !/^\.*$/.test(path);
            expect(findOne("GET", `/in/${path}`)).toBe(known ? "one" : null);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["/r/{y}-{m}-{d}-{n}.json", "-"],
    ["/r/{a}{b}{c}{d}.json", "a"],
    ["/r/{a}.{b}.{c}/end", "."],
    ["/r/{a}aaaaaaaab{b}aaaaaaaab{c}aaaaaaaab", "a"],
  ])("a long path that nearly fits %s blocks nobody", (template, unit) => {
    const findOne = compile([operation("one", "GET", template)]);
    findOne("GET", "/");
    const find = () => expect(findOne("GET", `/r/a${unit.repeat(2_000)}`)).toBeNull();
    expect(processorTime(find, 100)).toBeLessThan(100);
  });
});

test("a long run of spaces before many suffixes blocks nobody", () => {
  const findOne = compile([operation("one", "GET", "/r/{x}")]);
  findOne("GET", "/");
  const path = `/r/a${"+".repeat(1_900)}b${".c".repeat(60)}`;
  const findTen = () => {
    for (let call = 0; call < 10; call++) expect(findOne("GET", path)).toBe("one");
  };
  expect(processorTime(findTen, 100)).toBeLessThan(100);
});

describe("for any request", () => {
  const paths = fc.string({ unit: fc.constantFrom(..."/badges.{}:()%2f-*?\\ ü".split("")), maxLength: 30 });

  test("matching never throws, and a match has the requested method", () => {
    const find = compile([
      operation("badges.create", "POST", "/badges"),
      operation("badges.get", "GET", "/badges/{badgeId}"),
      operation("badges.cancel", "POST", "/badges/{badgeId}:cancel"),
      operation("odata.get", "GET", "/Users({id})"),
      operation("broken", "GET", "/files/*"),
      operation("strange", "PURR", "/purr"),
      operation("root", "GET", "/"),
    ]);
    const methods = fc.constantFrom("GET", "POST", "HEAD", "DELETE", "PURR", "__proto__");
    fc.assert(
      fc.property(methods, fc.oneof(paths, fc.webPath()), (method, path) => {
        const name = find(method, path);
        if (name === "badges.create" || name === "badges.cancel") expect(method).toBe("POST");
      }),
      { numRuns: 2_000 },
    );
  });

  test("an invalid template does not affect other operations", () => {
    fc.assert(
      fc.property(fc.array(paths, { maxLength: 10 }), (templates) => {
        const odd = templates.map((path, at) => operation(`odd${at}`, "GET", path));
        const among = compile([...odd, operation("plain", "PUT", "/plain/{id}")]);
        expect(among("PUT", "/plain/1")).toBe("plain");
      }),
    );
  });
});
