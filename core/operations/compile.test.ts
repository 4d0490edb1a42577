import { describe, expect, test } from "vitest";
import { compileOperations, type OperationTemplate } from "./compile.ts";
import type { PathMatching } from "./request-path.ts";

const operation = (
  name: string,
  method: string | null,
  path: string | null,
  basePaths: string[] | null = null,
): OperationTemplate => ({ name, method, path, basePaths });
const compile = (
  operations: OperationTemplate[],
  basePaths: string[] = [],
  pathMatching: PathMatching = "safe",
) => compileOperations(operations, { basePaths, pathMatching });
const find = compile(
  [
    operation("badges.list", "GET", "/badges"),
    operation("badges.create", "POST", "/badges"),
    operation("badges.get", "GET", "/badges/{badgeId}"),
    operation("badges.mine", "GET", "/badges/mine"),
    operation("badges.head", "HEAD", "/badges/mine"),
    operation("badges.owner", "GET", "/badges/{badgeId}/owners/{ownerId}"),
    operation("badges.image", "GET", "/badges/{badgeId}/image.{format}"),
    operation("badges.between", "GET", "/ranges/{from}-{to}"),
    operation("badges.cancel", "POST", "/badges/{badgeId}:cancel"),
    operation("odata.get", "GET", "/Users({id})"),
    operation("nowhere", null, null),
    operation("broken", "GET", "/files/*"),
    operation("strange", "PURR", "/purr"),
    operation("root", "GET", "/"),
  ],
  ["/v1/"],
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
  ["GET", "/badges/17?x=/badges/mine", "badges.get"],
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

describe("a path that a common router could route to another operation matches none", () => {
  test.each([
    "/badges/mine;x=1",
    "/badges/MINE",
    "/badges/Mine",
    "/badges/mine%20",
    "/badges/%20mine",
    "/badges/mine+",
    "/badges/+mine",
    "/badges/mine.json",
    "/badges/mine.tar.gz",
    "/badges/mine.json;v=1",
    "/badges/mine;v=1.json",
    "/badges/mine%3Bx",
    "/badges/mine%253Bx",
    "/badges/mine.",
    "/badges/mine%2E",
    "/badges/mine. .",
    "/badges/m%69ne",
    "/badges/m%2569ne",
    "/badges/mine%3Fx",
    "/badges/mine%23x",
    "/badges/mi%E2%80%8Bne",
    "/badges/%EF%BD%8Dine",
    "/badges/m\u0131ne",
    "/badges/mine/",
    "/BADGES/17",
    "/V1/badges/17",
    "/badges;x/17",
  ])("%s", (path) => expect(find("GET", path)).toBeNull());

  test("an unusual but unambiguous id is found", () => {
    for (const id of [
      "17;x=1",
      "a.b",
      "17.json",
      "Mine2",
      "xmine",
      "mine2",
      "mine-2",
      "a%20b",
      "%C3%A9",
      "1+1",
      "a,b",
      "a@b.c",
    ]) {
      expect([id, find("GET", `/badges/${id}`)]).toEqual([id, "badges.get"]);
    }
  });

  test("the order of the templates does not matter", () => {
    const find = compile([operation("first", "GET", "/{a}/mine"), operation("second", "GET", "/badges/{b}")]);
    expect(find("GET", "/badges/mine")).toBeNull();
    expect(find("GET", "/badges/17")).toBe("second");
    expect(find("GET", "/apps/mine")).toBe("first");
  });

  test("a router that truncates a parameter sees another path", () => {
    const find = compile([operation("range", "GET", "/r/{from}-{to}"), operation("one", "GET", "/r/{id}")]);
    expect(find("GET", "/r/a-b")).toBe("range");
    for (const path of ["/r/a-;x", "/r/a-%3Bx", "/r/a-%20", "/r/a-.", "/r/a-+", "/r/;x-b", "/r/%20-b"]) {
      expect([path, find("GET", path)]).toEqual([path, null]);
    }
  });

  test("two operations with the same path match none", () => {
    const operations = [
      operation("a", "GET", "/x/{id}"),
      operation("b", "GET", "/x/{name}"),
      operation("c", "GET", "/y"),
    ];
    const withQuery = [...operations, operation("d", "GET", "/y?all=true"), operation("e", "GET", "/y#all")];
    expect(compile(operations)("GET", "/x/1")).toBeNull();
    expect(compile(operations)("GET", "/y")).toBe("c");
    expect(compile(withQuery)("GET", "/y")).toBeNull();
    expect(compile(operations, [], "exact")("GET", "/x/1")).toBe("a");
  });

  test("an operation without a method matches every method, and an operation with the method takes precedence", () => {
    const find = compile([
      operation("any", null, "/x/{id}"),
      operation("put", "PUT", "/x/{id}"),
      operation("mine", null, "/x/mine"),
    ]);
    expect(find("GET", "/x/1")).toBe("any");
    expect(find("PUT", "/x/1")).toBe("put");
    expect(find("PUT", "/x/mine")).toBeNull();
  });

  test("a HEAD request matches none if a router could use the route for GET", () => {
    const find = compile([operation("head", "HEAD", "/x/{id}"), operation("mine", "GET", "/x/mine")]);
    expect([find("HEAD", "/x/1"), find("HEAD", "/x/mine")]).toEqual(["head", null]);
  });

  test("a format suffix is significant if the document has it", () => {
    const find = compile([
      operation("report", "GET", "/report"),
      operation("report.csv", "GET", "/report.csv"),
      operation("local", "GET", "/numbers/Local.json"),
      operation("number", "GET", "/numbers/{sid}.json"),
      operation("version", "GET", "/{version}/status"),
      operation("first", "GET", "/v1.0/status"),
    ]);
    expect(find("GET", "/report")).toBe("report");
    expect(find("GET", "/report.csv")).toBe("report.csv");
    expect(find("GET", "/report.xml")).toBeNull();
    expect(find("GET", "/numbers/17.json")).toBe("number");
    expect(find("GET", "/numbers/Local.json")).toBe("local");
    expect(find("GET", "/numbers/local.json")).toBeNull();
    expect(find("GET", "/v1.1/status")).toBe("version");
  });
});

describe("no operation, regardless of the document", () => {
  test.each(["safe", "exact"] as const)("%s", (pathMatching) => {
    const find = compile(
      [operation("any", null, "/badges/{badgeId}"), operation("deep", null, "/badges/{a}/{b}/{c}")],
      [],
      pathMatching,
    );
    for (const path of [
      "/badges/..;/owners/9",
      "/badges/.;/owners/9",
      "/badges/%2e%2e;/owners/9",
      "/badges/..%3b/owners/9",
      "/badges/..%3b%2fowners%2f9",
      "/badges/;/owners/9",
      "/badges/;x",
      "/badges/...",
      "/badges/.%20",
      "/badges/..%00",
      "/badges/%252e%252e",
      "/badges/%25252e%25252e",
      "/badges/a%252fb",
      "/badges/a%255cb",
      "/badges/%c0%ae%c0%ae",
      "/badges/%25c0%25ae",
      "/badges/%u002e",
      "/badges/%ff",
      "/badges/a%EF%BC%8Fb",
      "/badges/%EF%BC%8E%EF%BC%8E",
      "/badges/\ud800",
      "/badges#/../admin",
      "/badges/17#",
      "/badges/17?x#y",
      "//badges/17",
      "/badges//17",
      "/badges/17//",
      `/badges/${"a".repeat(2_048)}`,
      `/badges/%${"25".repeat(10)}41`,
    ]) {
      expect([path, find("GET", path)]).toEqual([path, null]);
    }
  });
});

test("exact path matching trusts the API's router", () => {
  const find = compile(
    [
      operation("get", "GET", "/badges/{id}"),
      operation("mine", "GET", "/badges/mine"),
      operation("list", "GET", "/badges/{id}/"),
    ],
    [],
    "exact",
  );
  for (const id of ["MINE", "mine;x", "mine.json", "mine%20", "mine."]) {
    expect([id, find("GET", `/badges/${id}`)]).toEqual([id, "get"]);
  }
  expect(find("GET", "/badges/mine")).toBe("mine");
  expect(find("GET", "/badges/mine/")).toBe("list");
  // Whether a router decodes does not depend on its strictness.
  expect(find("GET", "/badges/m%69ne")).toBeNull();
});

test("the servers of an operation replace those of the API as base paths", () => {
  const operations = [
    operation("pet", "GET", "/pet/{id}"),
    operation("file", "POST", "/files/{id}", ["/upload/v3"]),
    operation("root", "GET", "/"),
  ];
  const find = compile(operations, ["/api/v3", "/eu/{version}"]);
  expect(find("GET", "/api/v3/pet/1")).toBe("pet");
  expect(find("GET", "/eu/v9/pet/1")).toBe("pet");
  expect(find("GET", "/pet/1")).toBe("pet");
  expect(find("GET", "/us/v9/pet/1")).toBeNull();
  expect(find("POST", "/upload/v3/files/1")).toBe("file");
  expect(find("POST", "/files/1")).toBe("file");
  expect(find("POST", "/api/v3/files/1")).toBeNull();
  expect([find("GET", "/api/v3"), find("GET", "/api/v3/"), find("GET", "/")]).toEqual([
    "root",
    "root",
    "root",
  ]);
});

test("literals are compared in the escaped form of a request target", () => {
  const find = compile([
    operation("coffee", "GET", "/café/{id}"),
    operation("meta", "GET", "/$metadata"),
    operation("items", "GET", "/a%20b"),
  ]);
  expect(find("GET", "/caf%C3%A9/1")).toBe("coffee");
  expect(find("GET", "/caf%c3%a9/1")).toBe("coffee");
  expect(find("GET", "/$metadata")).toBe("meta");
  expect(find("GET", "/a%20b")).toBe("items");
  expect(find("GET", "/%24metadata")).toBeNull();
});
