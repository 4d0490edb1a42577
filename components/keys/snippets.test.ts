import { expect, test } from "vitest";
import { envNameOf, keySnippets } from "./snippets.ts";

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

test("an API with a known base URL is called directly, and the portal's URL never contains the secret", () => {
  const facts = { secret: "lk_live_x", keyName: "web", portalUrl: "https://keys.example.com" };
  const titles = (apis: { slug: string; baseUrl: string | null }[]) =>
    keySnippets({ ...facts, apis }).map((snippet) => snippet.title);
  expect(titles([{ slug: "badges", baseUrl: null }])).toEqual([".env", "Try it"]);
  expect(titles([{ slug: "badges", baseUrl: "https://badges.example.com" }])).toContain("Call badges");
  for (const { code } of keySnippets({ ...facts, apis: [] })) {
    expect(code).not.toMatch(/https?:\S*lk_live_x/);
  }
});
