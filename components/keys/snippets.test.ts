import { expect, test } from "vitest";
import type { FirstCall } from "#domain/catalog/reference/first-call.ts";
import { envNameOf, keySnippets, trySnippet } from "./snippets.ts";

const call: FirstCall = {
  api: "badges",
  name: "Badges",
  operation: "badges.list",
  sample: {
    method: "GET",
    url: "https://badges.example.com/v1/badges",
    key: { in: "header", name: "X-Api-Key", prefix: "" },
    headers: [],
    body: null,
  },
};

test("a variable's name is valid in every shell", () => {
  expect(["checkout server", "2nd line", "Überwachung", "日本", "my key", "a/b: c"].map(envNameOf)).toEqual([
    "CHECKOUT_SERVER_KEY",
    "ND_LINE_KEY",
    "UBERWACHUNG_KEY",
    "API_KEY",
    "MY_KEY",
    "A_B_C_KEY",
  ]);
});

test("each API has a call with path and key, and the portal's URL never contains the secret", () => {
  const facts = { secret: "lk_live_x", keyName: "web", portalUrl: "https://keys.example.com" };
  const snippets = keySnippets({ ...facts, calls: [call] });
  expect(snippets.map(({ title }) => title)).toEqual([".env", "Does it work?", "Call Badges"]);
  expect(snippets.at(-1)?.code).toBe(
    "curl 'https://badges.example.com/v1/badges' \\\n  -H \"X-Api-Key: lk_live_x\"",
  );
  for (const { code } of snippets) expect(code).not.toMatch(/https?:\S*lk_live_x/);
  expect(trySnippet(facts.portalUrl)).toContain('-d "{\\"key\\":\\"$API_KEY\\"}"');
});
