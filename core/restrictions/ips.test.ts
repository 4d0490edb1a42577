import { BlockList, isIP, isIPv4 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipv4, ipv6 } from "#test/arbitraries.ts";
import vectors from "#test/vectors/ips.json" with { type: "json" };
import {
  formatClientIp,
  formatIpAddress,
  type IpAddress,
  parseClientIp,
  parseIpAddress,
} from "./ip-address.ts";
import { compileIps, readIp } from "./ips.ts";

const address = (text: string): IpAddress => {
  const parsed = parseIpAddress(text);
  if (parsed === null) throw new Error(`no address: ${text}`);
  return parsed;
};
const canonical = (text: string): string => {
  const parsed = readIp(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.code}`);
  return parsed.entry;
};
const family = (text: string) => (text.includes(":") ? "ipv6" : "ipv4");
const networks = fc.oneof(
  fc.tuple(fc.oneof(fc.ipV4(), ipv4), fc.integer({ min: 1, max: 32 })),
  fc.tuple(fc.oneof(fc.ipV6(), ipv6), fc.integer({ min: 1, max: 128 })),
);
const entries = networks.map(([host, prefix]) => `${host}/${prefix}`).filter((text) => readIp(text).ok);
const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), ipv4, ipv6).filter((text) => parseIpAddress(text) !== null);
/** Built from the characters of addresses, so that many are almost valid. */
const nearly = fc.string({
  unit: fc.constantFrom(..."0123456789abcdefF:./[]%x -*".split("")),
  maxLength: 30,
});

test.each(vectors.match)("vector: $pattern against $value", ({ pattern, value, allow }) => {
  const client = parseClientIp(value);
  expect(client !== null && compileIps([canonical(pattern)]).has(client)).toBe(allow);
});
test.each(vectors.unknown)("vector: “%s” is not a client address", (value) => {
  expect(parseClientIp(value)).toBeNull();
});
test.each(vectors.refused)("vector: “%s” can't be saved", (entry) => {
  expect(readIp(entry).ok).toBe(false);
});

describe("an address", () => {
  test("is valid exactly if the system's parser accepts it, except for zones", () => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.ipV4(), fc.ipV6()), (text) => {
        expect(parseIpAddress(text) !== null).toBe(isIP(text) !== 0 && !text.includes("%"));
      }),
      { numRuns: 2_000 },
    );
  });

  test("in canonical form parses to the same address", () => {
    fc.assert(
      fc.property(addresses, (text) => {
        const written = formatIpAddress(address(text));
        expect(parseIpAddress(written)).toEqual(address(text));
        expect(formatIpAddress(address(written))).toBe(written);
      }),
    );
  });

  test.each([
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["64:ff9b::198.51.100.7", "64:ff9b::c633:6407"],
    ["::ffff:c633:6407", "198.51.100.7"],
  ])("%s is written as RFC 5952 has it", (text, written) => {
    expect(formatIpAddress(address(text))).toBe(written);
  });

  test.each(["198.51.100.7:51234", "198.51.100.7", "[::ffff:198.51.100.7]:443", "::ffff:198.51.100.7"])(
    "of a client may have a port, which is ignored: %s",
    (text) => expect(parseClientIp(text)).toEqual(address("198.51.100.7")),
  );

  test("of a client is written without port in canonical form, and as nothing if it is unknown", () => {
    const withPort = fc
      .tuple(addresses, fc.nat(70_000))
      .map(([text, port]) => (text.includes(":") ? `[${text}]:${port}` : `${text}:${port}`));
    fc.assert(
      fc.property(fc.oneof(addresses, withPort, nearly), (text) => {
        const client = parseClientIp(text);
        expect(formatClientIp(text)).toBe(client === null ? "" : formatIpAddress(client));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    "198.51.100.7:",
    "198.51.100.7:65536",
    "198.51.100.7:8x",
    "[198.51.100.7]:80",
    "[2001:db8::1",
    "2001:db8::1]:80",
    " 198.51.100.7",
    "198.51.100.7, 10.0.0.1",
    "１９８.51.100.7",
  ])("of a client that can't be read is unknown: %s", (text) => expect(parseClientIp(text)).toBeNull());
});

describe("an entry", () => {
  test("never makes the parser throw", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), nearly), (text) => void readIp(text)),
      { numRuns: 2_000 },
    );
  });

  test("in canonical form stays unchanged", () => {
    fc.assert(
      fc.property(entries, (text) => {
        expect(canonical(canonical(text))).toBe(canonical(text));
      }),
    );
  });

  test("contains the address that it was written with, and has a notice if it contains more", () => {
    fc.assert(
      fc.property(networks, ([host, prefix]) => {
        const parsed = readIp(`${host}/${prefix}`);
        if (!parsed.ok) return;
        expect(compileIps([parsed.entry]).has(address(host))).toBe(true);
      }),
    );
    expect(readIp("198.51.100.7/24")).toMatchObject({
      entry: "198.51.100.0/24",
      notices: [{ code: "ip-host-bits" }],
    });
  });

  test.each([
    ["::ffff:198.51.100.7", "198.51.100.7"],
    ["::ffff:198.51.100.0/120", "198.51.100.0/24"],
    ["2001:0DB8::/32", "2001:db8::/32"],
    ["198.51.100.7/32", "198.51.100.7"],
    ["10.0.0.0/7", "10.0.0.0/7"],
  ])("%s is saved as %s", (text, saved) => expect(canonical(text)).toBe(saved));

  test.each([
    ["198.51.100.*", "ip-star", ["198.51.100.0/24"]],
    [
      "198.51.100.1-198.51.100.9",
      "ip-range",
      ["198.51.100.1", "198.51.100.2/31", "198.51.100.4/30", "198.51.100.8/31"],
    ],
    ["198.51.100.0–198.51.100.255", "ip-range", ["198.51.100.0/24"]],
    ["198.51.100.9-198.51.100.1", "ip-range", []],
    ["0.0.0.1-255.255.255.254", "ip-range", []],
    ["198.51.100.1-", "ip-range", []],
    ["api.example.com", "ip-name", []],
    ["[2001:db8::1]:443", "ip-port", ["2001:db8::1"]],
    ["fe80::1%eth0", "ip-zone", ["fe80::1"]],
    [" 198.51.100.7", "ip-space", ["198.51.100.7"]],
    ["1.2.3.4 5.6.7.8", "ip-space", []],
    ["0x7f.0.0.1", "ip-short", []],
    ["2130706433", "ip-short", []],
    ["198.51.100.0/-1", "prefix-unreadable", []],
    ["198.51.100.0/8.5", "prefix-unreadable", []],
    ["198.51.100.0/024", "prefix-unreadable", []],
    ["::ffff:0:0/95", "prefix-mixed", []],
    ["::ffff:0:0/96", "prefix-everything", []],
    ["nonsense!", "ip-unreadable", []],
    ['"198.51.100.7",', "ip-unreadable", ["198.51.100.7"]],
    ["“2001:db8::/32”", "ip-unreadable", ["2001:db8::/32"]],
  ])("%s is rejected with %s and suggestions", (text, code, suggestions) => {
    expect(readIp(text)).toMatchObject({ ok: false, code, suggestions });
  });
});

describe("a list", () => {
  test("agrees with the system's block list", () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 20 }), addresses, (list, text) => {
        const client = formatIpAddress(address(text));
        const oracle = new BlockList();
        for (const entry of list.map(canonical)) {
          const [host = "", prefix] = entry.split("/");
          // The system's list lets an IPv6 network hold IPv4 clients; ours does not.
          if (family(host) !== family(client)) continue;
          if (prefix === undefined) oracle.addAddress(host, family(host));
          else oracle.addSubnet(host, Number(prefix), family(host));
        }
        const held = oracle.check(client, family(client));
        expect(compileIps(list.map(canonical)).has(address(text))).toBe(held);
      }),
      { numRuns: 500 },
    );
  });

  test("allows what any of its entries allows, in any order", () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 20 }), addresses, (list, text) => {
        const saved = list.map(canonical);
        const one = saved.some((entry) => compileIps([entry]).has(address(text)));
        expect(compileIps(saved).has(address(text))).toBe(one);
        expect(compileIps(saved.toReversed()).has(address(text))).toBe(one);
      }),
    );
  });

  test("of one family allows no address of the other", () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 20 }), addresses, (list, text) => {
        const client = address(text);
        const others = list
          .map(canonical)
          .filter((entry) => isIPv4(entry.split("/")[0] ?? "") !== (client.family === 4));
        expect(compileIps(others).has(client)).toBe(false);
      }),
    );
  });

  test("with an invalid entry is not compiled", () => {
    for (const entry of [
      "198.51.100.0/x",
      "198.51.100",
      "198.51.100.0/0",
      "2001:db8::/129",
      "1.2.3.4/8.5",
      "1.2.3.4/8/9",
    ]) {
      expect(() => compileIps([entry]), entry).toThrow(RangeError);
    }
  });
});
