import fc from "fast-check";
import { expect, test } from "vitest";
import { forwardedCaller } from "./forwarded-for.ts";
import { compileIps } from "./restrictions/ips.ts";

const trusted = compileIps(["10.0.0.0/8", "::1"]);

test.each([
  ["198.51.100.7", "198.51.100.7"],
  ["6.6.6.6, 198.51.100.7", "198.51.100.7"],
  ["198.51.100.7, 10.1.2.3, 10.9.9.9", "198.51.100.7"],
  ["6.6.6.6, 198.51.100.7:443, ::1, 10.0.0.1", "198.51.100.7:443"],
  ["10.0.0.3, 10.0.0.2", "10.0.0.3"],
  ["198.51.100.7, unknown, 10.0.0.1", "unknown"],
  ["198.51.100.7, ", "198.51.100.7"],
  [", ,6.6.6.6 ,, 198.51.100.7 , ,10.0.0.1,", "198.51.100.7"],
  [" , ,", null],
  ["", null],
  ["198.51.100.7, fe80::1%eth0, 10.0.0.1", "fe80::1%eth0"],
  ["198.51.100.7, [2001:db8::1]:443", "[2001:db8::1]:443"],
])("the caller behind %j is %j", (header, caller) => {
  expect(forwardedCaller(header, trusted)).toBe(caller);
});

test("entries that a client adds to the left of the proxies' entries change nothing", () => {
  fc.assert(
    fc.property(fc.string(), (forged) => {
      expect(forwardedCaller(`${forged}, 203.0.113.5, 10.0.0.1`, trusted)).toBe("203.0.113.5");
    }),
  );
});
