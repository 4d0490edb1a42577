import { expect, test } from "vitest";
import { clientAddress, trustedProxies } from "./client-address.ts";

const proxies = trustedProxies(["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]);
const nobody = trustedProxies([]);

test("without a trusted proxy the socket's address counts, whatever the client writes", () => {
  expect(clientAddress("198.51.100.7", "203.0.113.9", nobody)).toBe("198.51.100.7");
  expect(clientAddress("10.0.0.1", "203.0.113.9", nobody)).toBe("10.0.0.1");
});

test("behind trusted proxies the first other address from the right counts, and never what stands left of it", () => {
  expect(clientAddress("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.2.3.4", proxies)).toBe("198.51.100.7");
  expect(clientAddress("2001:db8::1", "1.1.1.1, 198.51.100.7:8123", proxies)).toBe("198.51.100.7");
  expect(clientAddress("192.0.2.1", "[2001:67c::9]:443", proxies)).toBe("2001:67c::9");
});

test("where all are trusted, the leftmost counts", () => {
  expect(clientAddress("10.0.0.1", "10.9.9.9, 10.8.8.8", proxies)).toBe("10.9.9.9");
});

test("empty elements of the list are ignored", () => {
  expect(clientAddress("10.0.0.1", "1.1.1.1,, 198.51.100.7, ", proxies)).toBe("198.51.100.7");
  expect(clientAddress("10.0.0.1", " , ,", proxies)).toBe("10.0.0.1");
});

test("an unreadable entry ends the way back: the proxy that passed it on counts", () => {
  expect(clientAddress("10.0.0.1", "198.51.100.7, unknown, 10.2.3.4", proxies)).toBe("10.2.3.4");
  expect(clientAddress("10.0.0.1", "", proxies)).toBe("10.0.0.1");
});

test("an IPv4 address that came over an IPv6 socket is IPv4", () => {
  expect(clientAddress("::ffff:198.51.100.7", undefined, nobody)).toBe("198.51.100.7");
  expect(clientAddress("::ffff:10.0.0.1", "198.51.100.7", proxies)).toBe("198.51.100.7");
});

test("a socket that is gone has no address", () => {
  expect(clientAddress(undefined, "198.51.100.7", proxies)).toBeNull();
});
