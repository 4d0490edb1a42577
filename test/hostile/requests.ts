import fc from "fast-check";
import { GATEWAYS } from "#verifier/gate/gateways.ts";
import { extraHeaders, type Header, headerText, maybe, tokenAmong } from "./headers.ts";
import { almost, mostly, strangeJson, strangeText } from "./texts.ts";
import { written } from "./wire.ts";

/** The real values of the verifier under test. */
export interface Real {
  secrets: string[];
  serviceTokens: string[];
  apis: string[];
}

const VERIFY = "/api/v1/keys/verify";

const path = fc.oneof(
  fc.constantFrom("/badges", "/badges/7", "/badges//7", "/a/../b", "/%2e%2e", "*", "//", "/-".repeat(999)),
  fc.constantFrom(..."-ax.{:".split("").map((unit) => `/${unit.repeat(2_000)}`)),
  fc.webPath(),
  strangeText,
);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom("198.51.100.9", "unknown", "198.51.100.9:1", "[::1]:2"),
  strangeText,
);
const page = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom("https://www.example.com/shop", "https://example.com", "null"),
  strangeText,
);
const method = mostly(fc.constantFrom("GET", "get", "HEAD", "POST"), strangeText);
const pathCall = fc.record({ method, path });

/** `null` and the empty string mean the same as an absent field. */
const orAbsent = (text: fc.Arbitrary<string>) => mostly(text, fc.constantFrom(null, ""));

/** One check as JSON, valid or nearly valid. */
function input({ secrets, apis }: Real): fc.Arbitrary<string> {
  const must = {
    key: mostly(fc.constantFrom(...secrets), orAbsent(oddKey(secrets))),
    api: mostly(fc.constantFrom(...apis), strangeText),
  };
  const may = {
    clientIp: orAbsent(address),
    referrer: orAbsent(page),
    origin: orAbsent(page),
    androidPackage: orAbsent(strangeText),
    androidCertSha1: strangeText,
    iosBundleId: strangeText,
    cost: mostly(fc.integer({ min: 0, max: 1_000 }), fc.double()),
  };
  const named = almost(must, { ...may, operation: mostly(fc.constant("badges.list"), strangeText) });
  const called = pathCall.chain((call) =>
    almost({ ...must, method: fc.constant(call.method), path: fc.constant(call.path) }, may),
  );
  return fc.oneof(named, called);
}

/** A key with typical paste errors, or anything. */
const oddKey = (secrets: string[]) =>
  fc.oneof(
    strangeText,
    fc
      .tuple(fc.constantFrom(...secrets), fc.constantFrom('"', "Bearer ", " ", "\n", "\u200b", "KEY="))
      .map(([secret, before]) => `${before}${secret}${before}`),
  );

/** A verification request that is valid HTTP; everything else may be anything. */
export function checkRequest(real: Real): fc.Arbitrary<Buffer> {
  const single = input(real);
  const batch = fc
    .array(single, { maxLength: 101, size: "small" })
    .map((inputs) => `{"checks":[${inputs.join(",")}]}`);
  const asked = mostly(
    fc.oneof(fc.tuple(fc.constant(VERIFY), single), fc.tuple(fc.constant(`${VERIFY}/batch`), batch)),
    fc.tuple(
      fc.constantFrom(VERIFY, `${VERIFY}/batch`, `${VERIFY}?a=%`, `${VERIFY}/`, `/${VERIFY}`),
      fc.oneof(single, strangeJson, fc.uint8Array({ maxLength: 2_000 })),
    ),
  );
  const strangeType = fc.oneof(headerText, fc.constantFrom("application/json;charset=utf-16", "text/json"));
  return fc
    .record({
      asked,
      method: mostly(fc.constant("POST"), fc.constantFrom("GET", "HEAD", "OPTIONS", "QUERY")),
      token: tokenAmong(real.serviceTokens),
      scheme: mostly(fc.constant("Bearer "), fc.constantFrom("Basic ", "bearer  ", "")),
      type: mostly(fc.constant("application/json"), strangeType),
      once: maybe("Idempotency-Key", mostly(fc.constantFrom("a", "b", "c"), headerText)),
      coding: maybe("Content-Encoding", fc.constantFrom("identity", "gzip", "", "br, gzip")),
      extra: extraHeaders,
    })
    .map(({ asked: [target, body], method, token, scheme, type, once, coding, extra }) => {
      const optional = [once, coding].filter((header) => header !== null);
      const authorization: Header = ["Authorization", `${scheme}${token}`];
      const sent: Header[] = [["Content-Type", type], authorization, ...optional, ...extra];
      return whole(method, target, sent, body);
    });
}

/** A request as a gateway forwards it, with values that clients control. */
export function gateRequest({ secrets, serviceTokens, apis }: Real): fc.Arbitrary<Buffer> {
  const forwarded = fc.oneof(
    address,
    fc.array(address, { maxLength: 40 }).map((list) => list.join(", ")),
  );
  const uri = fc.oneof(
    path,
    page,
    path.map((text) => `${text}?key=${secrets[0]}&key=%zz`),
  );
  const headers = fc.tuple(
    tokenAmong(serviceTokens).map((token): Header => ["X-Latchkey-Token", token]),
    maybe("X-Api-Key", tokenAmong(secrets)),
    maybe(
      "Authorization",
      tokenAmong(secrets).map((token) => `Bearer ${token}`),
    ),
    ...["Original", "Forwarded"].flatMap((which) => [
      method.map((text): Header => [`X-${which}-Method`, text.replace(/[^!-~]/g, "").slice(0, 99)]),
      uri.map((text): Header => [`X-${which}-Uri`, encoded(text).slice(0, 2_500)]),
    ]),
    maybe("X-Forwarded-For", forwarded),
    maybe("X-Forwarded-For", forwarded),
    maybe("Referer", page),
    maybe("Origin", page),
    maybe("Access-Control-Request-Method", method),
    maybe("X-Android-Package", strangeText),
    maybe("X-Ios-Bundle-Identifier", strangeText),
  );
  const proxies = [...GATEWAYS.keys()];
  return fc
    .record({
      method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "PROPFIND", "SUBSCRIBE"),
      proxy: mostly(fc.constantFrom(...proxies), fc.oneof(fc.constant("__proto__"), strangeText)),
      api: mostly(fc.constantFrom(...apis), fc.oneof(fc.constant("constructor"), strangeText)),
      rest: fc.oneof(fc.constantFrom("", "/", "?", "?key="), path),
      headers,
      extra: extraHeaders,
      body: fc.constantFrom("", "x".repeat(100), "x".repeat(300_000)),
    })
    .map(({ method, proxy, api, rest, headers, extra, body }) => {
      const target = encoded(`/api/v1/gate/${proxy}/${api}${rest}`).slice(0, 4_000);
      return whole(method, target, [...headers.filter((header) => header !== null), ...extra], body);
    });
}

/** A request target ends at a space, and other characters end the request. */
const encoded = (text: string) => text.replace(/[^!-~]/gu, (unit) => encodeURIComponent(unit.toWellFormed()));

/** Completed to one whole request on a separate connection. */
function whole(method: string, target: string, headers: Header[], body: string | Uint8Array): Buffer {
  const framing: Header[] = [
    ["Host", "verifier"],
    ["Connection", "close"],
    ["Content-Length", String(Buffer.byteLength(body))],
  ];
  return written(method, target, [...framing, ...headers], body);
}
