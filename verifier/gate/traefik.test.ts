import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

/** What the other suites can't see: Traefik runs there with a setting that versions before 3.7.12 don't have. */
const { http } = parse(readFileSync("docs/integrate/gateways/traefik.yml", "utf8"));
const { middlewares, routers } = http;

const removed = (chain: string[]) =>
  chain.flatMap((name) =>
    Object.entries<string>(middlewares[name]?.headers?.customRequestHeaders ?? {})
      .filter(([, value]) => value === "")
      .map(([header]) => header),
  );

/** Headers whose names WSGI treats as one of ours, in every spelling. */
function spellings(header: string): string[] {
  const [first = "", ...rest] = header.split("-");
  return rest.reduce((all, part) => all.flatMap((one) => [`${one}-${part}`, `${one}_${part}`]), [first]);
}

test.each(Object.entries<{ middlewares: string[] }>(routers))(
  "the router %s removes our headers in every spelling with underscores",
  (_, { middlewares: chain }) => {
    const { authResponseHeaders } = middlewares.latchkey.forwardAuth;
    expect(removed(chain.slice(0, chain.indexOf("latchkey")))).toEqual(
      expect.arrayContaining(authResponseHeaders.flatMap(spellings)),
    );
  },
);
