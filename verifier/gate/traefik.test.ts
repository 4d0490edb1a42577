import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

/** Traefik is not run: its configuration is checked against the behavior of each middleware in its source. */
const { http } = parse(readFileSync("docs/integrate/gateways/traefik.yml", "utf8"));
const { middlewares, routers } = http;

const set = (name: string): Record<string, string> => middlewares[name]?.headers?.customRequestHeaders ?? {};
const removes = (chain: string[], header: string) => chain.some((name) => set(name)[header] === "");

/** Headers whose names WSGI treats as one of ours, in every spelling. */
function spellings(header: string): string[] {
  const [first = "", ...rest] = header.split("-");
  return rest.reduce((all, part) => all.flatMap((one) => [`${one}-${part}`, `${one}_${part}`]), [first]);
}

test.each(Object.entries<{ middlewares: string[] }>(routers))(
  "the router %s sends overwritten headers to the gate, and removes them for the service",
  (_, { middlewares: chain }) => {
    const at = chain.indexOf("latchkey");
    const [before, behind] = [chain.slice(0, at), chain.slice(at + 1)];
    expect(before).toContain("latchkey-token");
    for (const fact of [
      "X-Latchkey-Code",
      "X-Latchkey-Key-Id",
      "X-Latchkey-Project-Id",
      "X-Latchkey-Environment",
      "X-Latchkey-External-Id",
      "X-Latchkey-Scopes",
    ]) {
      for (const name of spellings(fact)) expect(removes(before, name), name).toBe(true);
    }
    // Traefik's proxy removes the headers that Connection names, so a client's Connection header must be removed first.
    expect(before.some((name) => "Connection" in set(name))).toBe(true);
    expect(before.map((name) => set(name).Upgrade ?? "").join("")).toMatch(/^(websocket)?$/);
    for (const header of [
      "X-Latchkey-Token",
      "X-Api-Key",
      "X-Http-Method-Override",
      "X-Original-Url",
      "X-Rewrite-Url",
    ]) {
      expect(removes(behind, header), header).toBe(true);
    }
  },
);

test("every middleware of a router exists, and a key as bearer token has a router that removes it", () => {
  const all = Object.values<{ middlewares: string[] }>(routers).flatMap((router) => router.middlewares);
  expect(all.filter((name) => !(name in middlewares))).toEqual([]);
  const bearer = Object.values<{ rule: string; middlewares: string[] }>(routers).filter(({ rule }) =>
    rule.includes("Authorization"),
  );
  expect(bearer.length).toBeGreaterThan(0);
  for (const { middlewares: chain } of bearer) {
    expect(removes(chain.slice(chain.indexOf("latchkey") + 1), "Authorization")).toBe(true);
  }
});

test("the gate gets only the headers it reads, and the router sets its own forwarded headers", () => {
  const { forwardAuth } = middlewares.latchkey;
  expect(forwardAuth.trustForwardHeader).toBe(false);
  expect([...forwardAuth.authRequestHeaders].sort()).toEqual([
    ...["Access-Control-Request-Method", "Authorization", "Origin", "Referer", "X-Android-Cert"],
    ...["X-Android-Package", "X-Api-Key", "X-Ios-Bundle-Identifier", "X-Latchkey-Token"],
  ]);
});
