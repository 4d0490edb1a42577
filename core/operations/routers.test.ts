import fc from "fast-check";
import findMyWay from "find-my-way";
import { expect, test } from "vitest";
import { compileOperations, type OperationTemplate } from "./compile.ts";

/** The operation that a router would call for a path, or null. */
type Router = (operations: readonly OperationTemplate[], path: string) => string | null;

/** Literals before parameters, as authors usually order their routes; otherwise in document order. */
function inRouteOrder(operations: readonly OperationTemplate[]): OperationTemplate[] {
  const weight = ({ path }: OperationTemplate) =>
    (path ?? "")
      .split("/")
      .map((segment) => (segment.includes("{") ? (/^\{\w+\}$/.test(segment) ? "2" : "1") : "0"))
      .join("");
  return operations.toSorted((a, b) => weight(a).localeCompare(weight(b)));
}

interface RouterOptions {
  flags?: string;
  end?: string;
  /** The regular expression of a parameter. */
  name?: string;
}

/** The first template whose regular expression matches, as in Express, Rails, Django and Spring. */
function firstMatch(
  operations: readonly OperationTemplate[],
  path: string,
  options: RouterOptions,
): string | null {
  const { flags = "", end = "", name = "[^/]+?" } = options;
  for (const { name: operation, path: template } of operations) {
    const parts = (template ?? "")
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (new RegExp(`^${parts.join(name)}${end}$`, flags).test(path)) return operation;
  }
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Merges slashes and resolves dot segments, as nginx and most servers do before routing. */
const normalized = (path: string) => new URL(`http://x${path.replace(/\/{2,}/g, "/")}`, "http://x").pathname;
const withoutMatrix = (path: string) => path.replace(/;[^/]*/g, "");
const asWindows = (path: string) =>
  path
    .replaceAll("\\", "/")
    .split("/")
    .map((segment) => (/^\.{1,2}$/.test(segment) ? segment : segment.replace(/[. ]+$/, "")))
    .join("/");

/** find-my-way (Fastify) with all of its lenient options. */
const lenientFindMyWay: Router = (operations, path) => {
  const router = findMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
  });
  if (operations.some(({ path }) => /[^/]\{|\}[^/]/.test(path ?? ""))) return null;
  for (const { name, path } of operations) {
    router.on("GET", (path ?? "").replaceAll(/\{(\w+)\}/g, ":$1"), () => {}, name);
  }
  return String(router.find("GET", path)?.store ?? "") || null;
};

const ROUTERS: Record<string, Router> = {
  express: (operations, path) => firstMatch(operations, path, { flags: "i", end: "/?" }),
  "express behind a server that decodes": (operations, path) =>
    firstMatch(operations, normalized(decoded(path)), { flags: "i", end: "/?" }),
  spring: (operations, path) =>
    firstMatch(operations, normalized(decoded(withoutMatrix(path))), { end: "(?:\\.[^/]*)?/?" }),
  "tomcat, matrix after decoding": (operations, path) =>
    firstMatch(operations, normalized(withoutMatrix(decoded(path))), { end: "/?" }),
  rails: (operations, path) =>
    firstMatch(operations, decoded(path), { end: "(?:\\.[^./?]+)?/?", name: "[^/.?]+" }),
  "rails with dots in names": (operations, path) =>
    firstMatch(operations, decoded(path), { end: "(?:\\.[^./?]+)?/?" }),
  "asp.net": (operations, path) =>
    firstMatch(operations, normalized(asWindows(decoded(path))), { flags: "i", end: "/?" }),
  "decoding twice": (operations, path) =>
    firstMatch(operations, normalized(decoded(decoded(path))).replace(/[?#].*$/s, ""), {
      flags: "i",
      end: "/?",
    }),
  trimming: (operations, path) => firstMatch(operations, decoded(path).trim(), { end: "/?" }),
  "forms' plus": (operations, path) =>
    firstMatch(operations, decoded(path.replaceAll("+", " ")).trim(), { end: "/?" }),
  "find-my-way": lenientFindMyWay,
};

const word = fc.constantFrom("a", "mine", "badges", "b.json", "v1.0");
const segment = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 3, arbitrary: fc.constant("{x}") },
  { weight: 1, arbitrary: fc.constantFrom("{x}.json", "{x}:go", "a-{x}") },
);
const template = fc
  .array(segment, { minLength: 1, maxLength: 3 })
  .map((segments) => `/${segments.join("/")}`);
const document = fc.uniqueArray(template, { minLength: 1, maxLength: 7 });

/** What attackers insert into a path, or replace characters with. */
const mutation = fc.constantFrom(
  ";",
  ";x=1",
  "%3b",
  "%3Bx",
  "%253b",
  ".",
  "..",
  "/..",
  "/../",
  "/./",
  "%2e",
  "%2e%2e",
  "%252e",
  "..;/",
  ";/",
  "/",
  "//",
  "%2f",
  "%2F",
  "%252f",
  "%5c",
  "\\",
  "%20",
  "%2520",
  "+",
  ".json",
  ".xml",
  "#",
  "%23",
  "?",
  "%3f",
  "%00",
  "%0a",
  "%c0%af",
  "%ff",
  "\u017f",
  "%E2%80%8B",
  "%EF%BC%8F",
  "A",
  "%61",
  "%6d",
);
const attack = fc.record({
  base: fc.array(fc.oneof(word, fc.constantFrom("x", "17", "b.json", "a-1", "1:go")), {
    minLength: 1,
    maxLength: 3,
  }),
  upper: fc.option(fc.nat(20)),
  edits: fc.array(
    fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), put: mutation, cut: fc.nat(1) }),
    {
      maxLength: 3,
    },
  ),
});

function attacked({
  base,
  upper,
  edits,
}: {
  base: string[];
  upper: number | null;
  edits: { at: number; put: string; cut: number }[];
}) {
  let path = `/${base.join("/")}`;
  for (const { at, put, cut } of edits) {
    const place = Math.max(1, Math.round(at * path.length));
    path = path.slice(0, place) + put + path.slice(place + cut);
  }
  return upper === null
    ? path
    : path.slice(0, upper) + path.slice(upper, upper + 1).toUpperCase() + path.slice(upper + 1);
}

test("every common router routes a path to the found operation", () => {
  let found = 0;
  fc.assert(
    fc.property(document, fc.array(attack, { minLength: 1, maxLength: 8 }), (templates, attacks) => {
      const operations = templates.map((path) => ({ name: path, method: "GET", path, basePaths: null }));
      const find = compileOperations(operations, { basePaths: [], pathMatching: "safe" });
      const orders = [inRouteOrder(operations), inRouteOrder(operations.toReversed())];
      for (const path of attacks.map(attacked)) {
        const name = find("GET", path);
        if (name === null) continue;
        found++;
        // The service gets the path without its query.
        const [target = ""] = path.split("?");
        for (const [router, route] of Object.entries(ROUTERS)) {
          for (const order of orders)
            expect([router, path, name, route(order, target) ?? name]).toEqual([router, path, name, name]);
        }
      }
    }),
    { numRuns: 1_500 },
  );
  expect(found).toBeGreaterThan(500);
});
