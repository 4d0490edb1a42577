import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileOperations, type OperationPlace } from "./operations.ts";

const place = (name: string, method: string | null, path: string | null): OperationPlace => ({
  name,
  method,
  path,
});
const find = compileOperations(
  [
    place("badges.list", "GET", "/badges"),
    place("badges.create", "POST", "/badges"),
    place("badges.get", "GET", "/badges/{badgeId}"),
    place("badges.mine", "GET", "/badges/mine"),
    place("badges.head", "HEAD", "/badges/mine"),
    place("badges.again", "GET", "/badges/{id}"),
    place("badges.owner", "GET", "/badges/{badgeId}/owners/{ownerId}"),
    place("badges.image", "GET", "/badges/{badgeId}/image.{format}"),
    place("badges.between", "GET", "/ranges/{from}-{to}"),
    place("badges.cancel", "POST", "/badges/{badgeId}:cancel"),
    place("odata.get", "GET", "/Users({id})"),
    place("nowhere", null, null),
    place("broken", "GET", "/files/*"),
    place("strange", "PURR", "/purr"),
    place("root", "GET", "/"),
  ],
  "https://api.example.com/v1/",
);

test.each([
  ["GET", "/badges", "badges.list"],
  ["get", "/badges", "badges.list"],
  ["POST", "/badges", "badges.create"],
  ["GET", "/badges/17", "badges.get"],
  ["GET", "/badges/mine", "badges.mine"],
  ["HEAD", "/badges/mine", "badges.head"],
  ["HEAD", "/badges/17", "badges.get"],
  ["GET", "/v1/badges/17", "badges.get"],
  ["GET", "/badges/17?x=/badges/mine#y", "badges.get"],
  ["GET", "/badges/a%20b", "badges.get"],
  ["GET", "/badges/17/owners/9", "badges.owner"],
  ["GET", "/badges/17/image.png", "badges.image"],
  ["GET", "/ranges/1-2", "badges.between"],
  ["POST", "/badges/17:cancel", "badges.cancel"],
  ["GET", "/Users(17)", "odata.get"],
  ["GET", "/", "root"],
])("%s %s is %s", (method, path, name) => expect(find(method, path)).toBe(name));

test.each([
  ["DELETE", "/badges"],
  ["GET", "/badges/"],
  ["GET", "/Badges"],
  ["GET", "/badges/17/owners"],
  ["GET", "/v2/badges"],
  ["GET", "/files/a"],
  ["GET", "badges"],
  ["GET", ""],
  ["", "/badges"],
  ["GET", "https://api.example.com/badges"],
])("%s %s is none", (method, path) => expect(find(method, path)).toBeNull());

test.each([
  "/badges/../admin",
  "/badges/..",
  "/badges/./17",
  "/badges/%2e%2E/admin",
  "/badges/x%2f..%2fadmin",
  "/badges/a%2Fb",
  "/badges//17",
  "/badges\\17",
  "/badges/%5c..",
  "/badges/%zz",
  "/badges/%00",
  "/badges/1\n7",
])("a path that a service might read in another way is none: %s", (path) => {
  expect(find("GET", path)).toBeNull();
});

describe("names within a segment", () => {
  const literal = fc.constantFrom("-", ".", "--", "a", ":", "(", ")", "$");
  const segment = fc
    .array(fc.oneof(literal, fc.constantFrom("{x}", "{y}")), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(""));

  test("a template finds the paths that it can be filled in to, and no others", () => {
    const text = fc.string({ unit: fc.constantFrom(..."-.a:()$"), maxLength: 10 });
    fc.assert(
      fc.property(
        segment,
        text,
        fc.array(text, { minLength: 6, maxLength: 6 }),
        (template, asked, values) => {
          const parts = template.split(/\{[xy]\}/);
          const fits = new RegExp(`^${parts.map((part) => part.replace(/[.$()]/g, "\\$&")).join(".+")}$`);
          const findOne = compileOperations([place("one", "GET", `/in/${template}`)], null);
          const filled = parts.reduce((path, part, at) => `${path}${values[at] || "a"}${part}`);
          for (const path of [asked, filled]) {
            const known = fits.test(path) && !/^\.{0,2}$/.test(path);
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
    const findOne = compileOperations([place("one", "GET", template)], null);
    findOne("GET", "/");
    const startedAt = performance.now();
    expect(findOne("GET", `/r/a${unit.repeat(2_000)}`)).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});

describe("whatever is asked", () => {
  const paths = fc.string({ unit: fc.constantFrom(..."/badges.{}:()%2f-*?\\ ü".split("")), maxLength: 30 });

  test("nothing is thrown, and what is found has the method that was asked for", () => {
    const methods = fc.constantFrom("GET", "POST", "HEAD", "DELETE", "PURR", "__proto__");
    fc.assert(
      fc.property(methods, fc.oneof(paths, fc.webPath()), (method, path) => {
        const name = find(method, path);
        if (name === "badges.create" || name === "badges.cancel") expect(method).toBe("POST");
      }),
      { numRuns: 2_000 },
    );
  });

  test("no document breaks the others' operations", () => {
    fc.assert(
      fc.property(fc.array(paths, { maxLength: 10 }), (templates) => {
        const odd = templates.map((path, at) => place(`odd${at}`, "GET", path));
        const among = compileOperations([...odd, place("plain", "PUT", "/plain/{id}")], null);
        expect(among("PUT", "/plain/1")).toBe("plain");
      }),
    );
  });
});
