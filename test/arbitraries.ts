import fc from "fast-check";
import { type Client, NO_CLIENT } from "#core/client.ts";
import type { Restrictions } from "#core/restrictions/types.ts";

/** Restrictions and clients with few distinct values, so that they often match. All in canonical form. */
const octet = fc.constantFrom(0, 1, 7, 128, 255);
export const ipv4 = fc
  .tuple(fc.constantFrom(10, 198, 203), octet, octet, octet)
  .map((parts) => parts.join("."));
export const ipv6 = fc
  .array(fc.constantFrom("0", "1", "db8", "ffff"), { minLength: 6, maxLength: 6 })
  .map((groups) => ["2001", ...groups, "a"].join(":"));
const network = fc.oneof(
  ipv4,
  fc.tuple(ipv4, fc.integer({ min: 1, max: 32 })).map(([host, prefix]) => `${host}/${prefix}`),
  ipv6,
  fc.tuple(ipv6, fc.integer({ min: 1, max: 128 })).map(([host, prefix]) => `${host}/${prefix}`),
);

const host = fc.constantFrom(
  "example.com",
  "www.example.com",
  "a.b.example.com",
  "evilexample.com",
  "localhost",
);
const port = fc.constantFrom("", ":8443", ":443");
const path = fc.constantFrom("", "/", "/shop", "/shop/cart");
const scheme = fc.constantFrom("http://", "https://", "capacitor://");
export const pattern = fc
  .tuple(
    fc.oneof(fc.constant(""), scheme),
    fc.oneof(host, fc.constant("*.example.com")),
    fc.oneof(port, fc.constant(":*")),
    fc.oneof(path, fc.constantFrom("/*", "/shop*", "/shop/*")),
  )
  .map((parts) => parts.join(""));
export const page = fc.tuple(scheme, host, port, path).map((parts) => parts.join(""));

const android = fc.record({
  package: fc.constantFrom("com.example.app", "com.example.other"),
  sha1: fc.constantFrom("a".repeat(40), "b".repeat(40)),
});
const ios = fc.record({ bundleId: fc.constantFrom("com.example.app", "com.example.beta") });

const operation = fc.constantFrom("badges.sync", "badges.list", "offers.list");
const api = fc.constantFrom("badges", "offers");

/** The scopes that both APIs declare. */
export const SCOPES = ["badges:read", "badges:write"];
/** Entries of one API have the same scopes. */
const scopesByApi = fc.record({ badges: heldScopes(), offers: heldScopes() });

function heldScopes() {
  const { 0: read = "", 1: write = "" } = SCOPES;
  return fc.constantFrom<string[] | undefined>(
    undefined,
    undefined,
    undefined,
    [read],
    [write],
    [read, write],
  );
}

/** As users write them: often not in canonical form. */
export const writtenRestrictions: fc.Arbitrary<Restrictions> = fc.record({
  ips: fc.array(network, { maxLength: 3 }),
  referrers: fc.array(pattern, { maxLength: 3 }),
  apps: fc.record({ android: fc.array(android, { maxLength: 2 }), ios: fc.array(ios, { maxLength: 2 }) }),
  apis: fc
    .tuple(
      fc.array(
        fc.record({
          api,
          operations: fc.array(fc.oneof(operation, fc.constant("badges.*")), { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      scopesByApi,
    )
    .map(([entries, scopes]) =>
      entries.map((entry) => {
        const held = entry.api === "badges" ? scopes.badges : scopes.offers;
        return held === undefined ? entry : { ...entry, scopes: held };
      }),
    ),
});

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

export const clients: fc.Arbitrary<Client> = fc.record({
  clientIp: maybe(fc.oneof(ipv4, ipv6, fc.constantFrom("", "unknown", "198.7.7.7:80"))),
  referrer: maybe(fc.oneof(page, fc.constantFrom("", "null"))),
  origin: maybe(fc.oneof(page, fc.constantFrom("", "null"))),
  androidPackage: maybe(fc.constantFrom("com.example.app", "com.example.other")),
  androidCertSha1: maybe(fc.constantFrom("a".repeat(40), "B".repeat(40), "short")),
  iosBundleId: maybe(fc.constantFrom("com.example.app", "COM.example.beta")),
});

export const requests = fc.record({
  requestId: fc.constant("req_1"),
  api,
  operation: maybe(operation),
  call: fc.constant(null),
  cost: fc.constant(1),
  /** As a service asks for them: one alternative. */
  requiredScopes: fc.constantFrom<string[][] | null>(null, null, ...SCOPES.map((scope) => [[scope]]), [
    SCOPES,
  ]),
  apiScopes: fc.constant(SCOPES),
  client: fc.oneof(clients, fc.constant(NO_CLIENT)),
});
