import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { callSnippet, checkSnippet } from "./snippets.ts";

const list = { name: "badges.list", method: "GET", path: "/badges", summary: null };
const one = { name: "badges.get", method: "GET", path: "/badges/{id}", summary: null };

/** The words that a shell makes of a command, with `curl` replaced by something that tells them. */
function wordsOf(snippet: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${snippet}`;
  const env = { ...process.env, API_KEY: "secret", LATCHKEY_TOKEN: "token" };
  return execFileSync("sh", ["-c", script], { env, encoding: "utf8" }).split("\0").slice(0, -1);
}

test("the call on an API's page is one that needs nothing filled in", () => {
  const snippet = callSnippet({ baseUrl: "https://badges.example.com/v1/", operations: [one, list] });
  expect(wordsOf(snippet ?? "")).toEqual(["https://badges.example.com/v1/badges", "-H", "X-Api-Key: secret"]);
});

test("without such an operation the address itself is called; without an address there is no call", () => {
  expect(callSnippet({ baseUrl: "https://b.example", operations: [one] })).toContain(
    "curl https://b.example ",
  );
  expect(callSnippet({ baseUrl: null, operations: [list] })).toBeNull();
});

test("what a document writes into a path never runs in the shell of who pastes the call", () => {
  const evil = { ...list, path: "/$(touch /tmp/x)';echo owned;'" };
  const [address] = wordsOf(callSnippet({ baseUrl: "https://b.example", operations: [evil] }) ?? "");
  expect(address).toBe("https://b.example/$(touch /tmp/x)';echo owned;'");
});

test("the check asks about the API and its first operation", () => {
  const words = wordsOf(checkSnippet({ slug: "badges", operations: [list] }, "http://localhost:3001"));
  expect(JSON.parse(words.at(-1) ?? "")).toMatchObject({ api: "badges", operation: "badges.list" });
});
