import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { page as pages, pattern as patterns } from "#test/arbitraries.ts";
import vectors from "#test/vectors/referrers.json" with { type: "json" };
import { type Client, NO_CLIENT } from "../client.ts";
import { ReferrerSet, referringPage } from "./referrer-set.ts";
import { readReferrer } from "./referrers.ts";
import { canonicalHost, originOf, parsePage } from "./site.ts";

const canonical = (text: string): string => {
  const parsed = readReferrer(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.code}`);
  return parsed.entry;
};
const letsIn = (list: string[], client: Partial<Client>): boolean => {
  const page = referringPage({ ...NO_CLIENT, ...client });
  return page !== null && new ReferrerSet(list.map(canonical)).has(page);
};
const nearly = fc.string({ unit: fc.constantFrom(..."aZ9.:/*@?#[]%-_ü\\ ".split("")), maxLength: 25 });

test.each(vectors.match)("vector: $pattern against $value", ({ pattern, value, allow }) => {
  expect(letsIn([pattern], { referrer: value })).toBe(allow);
});
test.each(vectors.refused)("vector: “%s” can't be saved", (entry) => {
  expect(readReferrer(entry).ok).toBe(false);
});

test("a host that is too long never reaches the parser, which takes quadratic time", () => {
  const parse = vi.spyOn(URL, "parse");
  for (const letter of ["例", "%E4", "a"]) {
    const host = letter.repeat(301);
    expect(parsePage(`https://${host}/path`)).toBeNull();
    expect(parsePage(`custom:////${host}?${host}`)).toBeNull();
    expect(canonicalHost(host)).toBeNull();
  }
  expect(parse).not.toHaveBeenCalled();
  parse.mockRestore();
  const longest = `${"a.".repeat(126)}a`;
  expect(parsePage(`https://${longest}:65535/${"例".repeat(2_000)}`)?.host).toBe(longest);
  expect(parsePage(`https://${"例".repeat(15)}.example/`)?.host).toMatch(/^xn--/);
});

describe("a pattern", () => {
  test("never makes the parser throw", () => {
    const texts = fc.oneof(nearly, fc.string({ unit: "binary" }), fc.webUrl({ withQueryParameters: true }));
    fc.assert(
      fc.property(texts, (text) => {
        readReferrer(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test("in canonical form stays unchanged", () => {
    fc.assert(
      fc.property(fc.oneof(patterns, nearly, fc.webUrl()), (text) => {
        const parsed = readReferrer(text);
        if (parsed.ok) expect(canonical(parsed.entry)).toBe(parsed.entry);
      }),
      { numRuns: 2_000 },
    );
  });

  test("for subdomains allows no other host", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}[a-z0-9]$/);
    const hosts = fc.oneof(
      fc
        .tuple(
          label,
          fc.constantFrom(".example.com", "example.com", ".example.com.evil.test", "-example.com"),
        )
        .map((parts) => parts.join("")),
      fc.domain(),
      fc.constantFrom("example.com", "example.com.", "xample.com", "com"),
    );
    fc.assert(
      fc.property(hosts, (host) => {
        const below = /^(.+\.)?[^.]+\.example\.com$/.test(host);
        expect(letsIn(["*.example.com"], { referrer: `https://${host}/` })).toBe(below);
      }),
    );
  });

  test.each([
    ["*example.com", "referrer-star", ["example.com", "*.example.com"]],
    [
      "https://*example.com/shop/*",
      "referrer-star",
      ["https://example.com/shop/*", "https://*.example.com/shop/*"],
    ],
    ["example.com*", "referrer-star", ["example.com"]],
    ["*://example.com/*", "referrer-scheme", ["example.com/*"]],
    ["example.*", "referrer-star", []],
    ["*.*.example.com", "referrer-star", []],
    ["*.198.51.100.7", "referrer-star-address", ["198.51.100.7"]],
    ["*.github.io", "referrer-public-suffix", []],
    ["*.рф", "referrer-public-suffix", []],
    ["*.公司.cn", "referrer-public-suffix", []],
    ["https://u:p@example.com/x", "referrer-user-info", ["https://example.com/x"]],
    ["example.com\\shop", "referrer-backslash", ["example.com/shop"]],
    ["example.com:65536", "referrer-port", []],
    ["example.com:", "referrer-port", []],
    ["example.com/a/../b", "referrer-dot-segments", []],
    ["example.com/%2E%2e/b*", "referrer-dot-segments", []],
    ["file:///home/me", "referrer-file", []],
    ["a..b", "referrer-host", []],
    ["example.com\n", "referrer-space", []],
    ["https://*", "referrer-star", []],
    ["*:*", "referrer-everything", []],
    ["https://https://example.com", "referrer-scheme", ["https://example.com"]],
    ["ht!tp://example.com", "referrer-scheme", ["example.com"]],
    ["example.com,example.org", "referrer-host", ["example.com", "example.org"]],
    ["example.com;b.org", "referrer-host", ["example.com", "b.org"]],
    ['"example.com"', "referrer-host", []],
    ["*-dev.example.com", "referrer-star", []],
    ["*://*/*", "referrer-everything", []],
  ])("%s is rejected with %s and suggestions", (text, code, suggestions) => {
    expect(readReferrer(text)).toMatchObject({ ok: false, code, suggestions });
  });

  test.each([
    ["HTTPS://Example.COM.:443/Shop", "https://example.com/Shop", ["referrer-path"]],
    ["http://example.com:443", "http://example.com:443", []],
    ["example.com/?utm=1#top", "example.com/", ["referrer-query", "referrer-home-only"]],
    ["*.Bücher.example/ü*", "*.xn--bcher-kva.example/%C3%BC*", ["referrer-path"]],
    ["[2001:DB8::1]:*", "[2001:db8::1]:*", []],
    ["*.localhost", "*.localhost", []],
    ["*.internal", "*.internal", []],
    ["*.example.com/r/http://foo", "*.example.com/r/http://foo", ["referrer-path"]],
    ["*.example.com/?u=https://x.org", "*.example.com/", ["referrer-query", "referrer-home-only"]],
    ["example.com/*", "example.com/*", []],
  ])("%s is saved as %s", (text, saved, notices) => {
    expect(readReferrer(text)).toMatchObject({
      ok: true,
      entry: saved,
      notices: notices.map((code) => ({ code })),
    });
  });

  test("has a meaning as a sentence", () => {
    expect(readReferrer("*.example.com")).toMatchObject({
      meaning: "Any page on any subdomain of example.com, not example.com itself.",
    });
  });
});

describe("a page", () => {
  test("of a plain host is parsed like the URL standard", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9_.-]{1,20}$/), (host) => {
        const url = URL.parse(`http://${host}/`);
        const plain = canonicalHost(host);
        if (plain !== null) expect(plain).toBe(url?.hostname.replace(/\.$/, ""));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "https://example.com\\@evil.test/",
    "https://u:p@example.com/",
    "https://@example.com/",
    "https:u@example.com",
    "https:\t//@example.com/",
    "null",
    "",
    "example.com",
    "about:blank",
    "data:text/html,x",
  ])("that misleads, or is none, is not read: %s", (text) => expect(parsePage(text)).toBeNull());

  test("may have an @ in its path", () => {
    expect(parsePage("https://example.com/@me?u=@x#@")).toMatchObject({ host: "example.com", path: "/@me" });
  });

  test("is parsed alike by the fast and the standard parser", () => {
    const authorities = fc.string({ unit: fc.constantFrom(..."aZx0189.-_:@[%ü".split("")), maxLength: 14 });
    const behind = fc.string({
      unit: fc.constantFrom(
        "/",
        ".",
        "..",
        "%2e",
        "a",
        "Z",
        "~",
        "!",
        ";",
        "=",
        "@",
        ":",
        "'",
        '"',
        "|",
        "^",
        "{",
        "%",
        " ",
        "\t",
        "\\",
        "?",
        "#",
        "ü",
      ),
      maxLength: 12,
    });
    const hosts = fc.oneof(
      authorities,
      fc.domain(),
      fc.ipV4(),
      fc.constantFrom("xn--a.com", "a.xn--b", "a.1", "a.0x1", "a..b", "a.b."),
    );
    const ports = fc.oneof(
      fc.constant(""),
      fc.nat(70_000).map((port) => `:${port}`),
      fc.constantFrom(":", ":080", ":443"),
    );
    fc.assert(
      fc.property(fc.constantFrom("http", "https"), hosts, ports, behind, (scheme, host, port, rest) => {
        const text = `://${host}${port}${rest}`;
        expect(parsePage(scheme + text)).toEqual(parsePage(scheme.toUpperCase() + text));
      }),
      { numRuns: 3_000 },
    );
  });

  test("is written without the default port of its scheme", () => {
    for (const text of ["https://example.com", "http://example.com:8080", "capacitor://localhost"]) {
      const page = parsePage(text);
      expect(page && originOf(page)).toBe(text);
    }
  });
});

test("long and hostile texts are parsed in linear time", () => {
  const startedAt = process.cpuUsage().user;
  for (const unit of ["*", ":", "@", "/", "a.", "%", "//", "*.", "[", "-", "://", "*://"]) {
    for (let times = 0; times < 200; times++) {
      const text = unit.repeat(2_000 / unit.length);
      readReferrer(text);
      letsIn(["example.com"], { referrer: text, origin: `https://${text}` });
    }
  }
  // Backtracking takes minutes for these.
  expect(process.cpuUsage().user - startedAt).toBeLessThan(5_000_000);
});

describe("Referer and Origin", () => {
  const list = ["https://example.com"];
  test.each([
    [{ referrer: "https://example.com/a" }, true],
    [{ origin: "https://example.com" }, true],
    [{ referrer: "", origin: "https://example.com" }, true],
    [{ referrer: "https://example.com/a", origin: "https://example.com" }, true],
    [{ referrer: "https://example.com/a", origin: "https://evil.test" }, false],
    [{ referrer: "https://evil.test/", origin: "https://example.com" }, false],
    [{ referrer: "https://example.com/a", origin: "http://example.com" }, false],
    [{ referrer: "https://example.com/a", origin: "null" }, false],
    [{ referrer: "nonsense", origin: "https://example.com" }, false],
    [{ origin: "null" }, false],
    [{ referrer: "null", origin: "null" }, false],
    [{}, false],
  ])("%j: %s", (client, passes) => expect(letsIn(list, client)).toBe(passes));
});

describe("a list", () => {
  test("allows what any of its patterns allows, in any order", () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 8 }), pages, (list, referrer) => {
        const one = list.some((entry) => letsIn([entry], { referrer }));
        expect(letsIn(list, { referrer })).toBe(one);
        expect(letsIn(list.toReversed(), { referrer })).toBe(one);
      }),
    );
  });

  test("says whether all, some or no pages of an origin pass", () => {
    fc.assert(
      fc.property(fc.array(patterns, { minLength: 1, maxLength: 8 }), pages, (list, referrer) => {
        const page = parsePage(referrer);
        if (page === null) return;
        const set = new ReferrerSet(list.map(canonical));
        const passing = set.hasOrigin({ ...page, path: "/" });
        if (passing === "all") expect(set.has(page)).toBe(true);
        if (passing === "none") expect(set.has(page)).toBe(false);
      }),
    );
  });

  test("with an invalid pattern is not compiled", () => {
    expect(() => new ReferrerSet(["*"])).toThrow(RangeError);
  });

  test("that was saved keeps working when one of its names becomes a public suffix", () => {
    const page = parsePage("https://ada.github.io/");
    expect(page && new ReferrerSet(["*.github.io"]).has(page)).toBe(true);
  });
});
