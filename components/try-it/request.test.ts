import { describe, expect, test } from "vitest";
import { isPreflighted, prepareRequest, type TryDraft } from "./request.ts";

const draft = (more: Partial<TryDraft> = {}): TryDraft => ({
  method: "POST",
  server: "https://api.example.com/v1/",
  path: "/badges/{id}",
  parameters: [
    { name: "id", in: "path", value: "a/b ?" },
    { name: "full", in: "query", value: "1&2" },
    { name: "none", in: "query", value: "" },
    { name: "X-Trace", in: "header", value: "t" },
  ],
  headers: "Accept-Language: en\n",
  body: { mediaType: "application/json", text: "{}" },
  key: { in: "header", name: "X-Api-Key", prefix: "" },
  ...more,
});
const prepare = (more: Partial<TryDraft> = {}) =>
  prepareRequest(draft(more), "lk_test_x", (line) => `bad: ${line}`);

describe("a prepared request", () => {
  test("has the secret in its place, encoded parameters, and no empty ones", () => {
    expect(prepare()).toEqual({
      method: "POST",
      url: "https://api.example.com/v1/badges/a%2Fb%20%3F?full=1%262",
      headers: [
        ["X-Api-Key", "lk_test_x"],
        ["X-Trace", "t"],
        ["Accept-Language", "en"],
        ["Content-Type", "application/json"],
      ],
      body: "{}",
    });
    const { url, headers } = prepare({ key: { in: "query", name: "key", prefix: "" }, headers: "" });
    expect(url).toContain("&key=lk_test_x");
    expect(headers.flat()).not.toContain("lk_test_x");
    const bearer = prepare({ key: { in: "header", name: "Authorization", prefix: "Bearer " } });
    expect(bearer.headers[0]).toEqual(["Authorization", "Bearer lk_test_x"]);
  });

  test("has no body for GET, and no value that is another path", () => {
    expect(prepare({ method: "GET" })).toMatchObject({ body: null });
    for (const value of [".", ".."]) {
      const { url } = prepare({ parameters: [{ name: "id", in: "path", value }] });
      expect(url).toMatch(/\/badges\/(%2E)+$/);
    }
  });

  test("names a line that is not a header", () => {
    for (const line of ["no header", "Bad Name: x", ": x"]) {
      expect(() => prepare({ headers: line })).toThrow(`bad: ${line}`);
    }
  });

  test("is preflighted unless a form could send it", () => {
    const request = { method: "POST", url: "", body: null };
    expect(isPreflighted(prepare())).toBe(true);
    expect(isPreflighted({ ...request, method: "DELETE", headers: [] })).toBe(true);
    expect(isPreflighted({ ...request, headers: [["Content-Type", "text/plain"]] })).toBe(false);
    expect(isPreflighted({ ...request, headers: [["Content-Type", "application/json"]] })).toBe(true);
  });
});
