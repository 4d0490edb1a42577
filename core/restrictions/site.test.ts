import fc from "fast-check";
import { expect, test } from "vitest";
import { isOriginOf, originOf, parsePage } from "./site.ts";

const hosts = fc.constantFrom(
  "example.com",
  "a.b.example",
  "localhost",
  "192.0.2.1",
  "[::1]",
  "xn--bcher-kva.example",
);
const urls = fc
  .tuple(
    fc.constantFrom("http", "https", "wss", "capacitor"),
    hosts,
    fc.constantFrom("", ":80", ":443", ":8080"),
  )
  .map(([scheme, host, port]) => `${scheme}://${host}${port}`);

test("a text is the origin of a page exactly if it equals the origin as it is written", () => {
  const others = fc.oneof(urls, fc.constantFrom("null", "", "https://", "https:example.com//"));
  fc.assert(
    fc.property(urls, others, (url, other) => {
      const page = parsePage(`${url}/path`);
      if (page === null) throw new Error(`no page: ${url}`);
      const origin = originOf(page);
      expect(isOriginOf(page, origin)).toBe(true);
      for (const text of [other, `${origin}/`, ` ${origin}`, origin.slice(1), origin.toUpperCase()])
        expect(isOriginOf(page, text)).toBe(text === origin);
    }),
  );
});
