import { expect, test } from "vitest";
import { clientIpAddress, ipAddressMatcher } from "./client-ip-address.ts";

const proxies = ipAddressMatcher(["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]);
const nobody = ipAddressMatcher([]);

test("without a trusted proxy the socket's IP address counts, whatever the client sends", () => {
  expect(clientIpAddress("198.51.100.7", "203.0.113.9", nobody)).toBe("198.51.100.7");
  expect(clientIpAddress("10.0.0.1", "203.0.113.9", nobody)).toBe("10.0.0.1");
});

test("behind trusted proxies the first untrusted IP address from the right counts, and never one left of it", () => {
  expect(clientIpAddress("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.2.3.4", proxies)).toBe("198.51.100.7");
  expect(clientIpAddress("2001:db8::1", "1.1.1.1, 198.51.100.7:8123", proxies)).toBe("198.51.100.7");
  expect(clientIpAddress("192.0.2.1", "[2001:67c::9]:443", proxies)).toBe("2001:67c::9");
});

test("if all are trusted, the leftmost counts", () => {
  expect(clientIpAddress("10.0.0.1", "10.9.9.9, 10.8.8.8", proxies)).toBe("10.9.9.9");
});

test("empty elements of the list are ignored", () => {
  expect(clientIpAddress("10.0.0.1", "1.1.1.1,, 198.51.100.7, ", proxies)).toBe("198.51.100.7");
  expect(clientIpAddress("10.0.0.1", " , ,", proxies)).toBe("10.0.0.1");
});

test("an unreadable entry ends the search: the proxy that forwarded it counts", () => {
  expect(clientIpAddress("10.0.0.1", "198.51.100.7, unknown, 10.2.3.4", proxies)).toBe("10.2.3.4");
  expect(clientIpAddress("10.0.0.1", "", proxies)).toBe("10.0.0.1");
});

test("an IPv4 address on an IPv6 socket is IPv4", () => {
  expect(clientIpAddress("::ffff:198.51.100.7", undefined, nobody)).toBe("198.51.100.7");
  expect(clientIpAddress("::ffff:10.0.0.1", "198.51.100.7", proxies)).toBe("198.51.100.7");
});

test("a closed socket has no IP address", () => {
  expect(clientIpAddress(undefined, "198.51.100.7", proxies)).toBeNull();
});
