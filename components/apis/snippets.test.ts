import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { callSnippet } from "./snippets.ts";

const list = { name: "badges.list", method: "GET", path: "/badges", summary: null, requiredScopes: null };
const one = { name: "badges.get", method: "GET", path: "/badges/{id}", summary: null, requiredScopes: null };

/** The arguments that a shell passes to `curl`. */
function wordsOf(snippet: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${snippet}`;
  const env = { ...process.env, API_KEY: "secret" };
  return execFileSync("sh", ["-c", script], { env, encoding: "utf8" }).split("\0").slice(0, -1);
}

test("the example request of an API works without filling in anything", () => {
  const snippet = callSnippet({ baseUrl: "https://badges.example.com/v1/", operations: [one, list] });
  expect(wordsOf(snippet ?? "")).toEqual(["https://badges.example.com/v1/badges", "-H", "X-Api-Key: secret"]);
});

test("the example uses the base URL when every operation has parameters, and is missing without a base URL", () => {
  expect(callSnippet({ baseUrl: "https://b.example", operations: [one] })).toContain(
    "curl https://b.example ",
  );
  expect(callSnippet({ baseUrl: null, operations: [list] })).toBeNull();
});

test("a path from a document never runs as a command when the request is pasted", () => {
  const evil = { ...list, path: "/$(touch /tmp/x)';echo owned;'" };
  const [address] = wordsOf(callSnippet({ baseUrl: "https://b.example", operations: [evil] }) ?? "");
  expect(address).toBe("https://b.example/$(touch /tmp/x)';echo owned;'");
});
