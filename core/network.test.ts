import { expect, test } from "vitest";
import { networkOf, USUAL_NETWORK } from "./network.ts";

test.each([
  ["203.0.113.9", "203.0.113.0/24"],
  ["255.255.255.255", "255.255.255.0/24"],
  ["2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64"],
  ["2001:db8:0:8::1", "2001:db8:0:8::/64"],
  // An IPv4-mapped IPv6 address is IPv4: otherwise all of IPv4 would be one network.
  ["::ffff:203.0.113.9", "203.0.113.0/24"],
])("%s is in the network %s", (address, network) => {
  expect(networkOf(address, USUAL_NETWORK)).toBe(network);
});

test("an IPv4 network of 32 bits is the address, and other text stays unchanged", () => {
  expect(networkOf("203.0.113.9", { 4: 32, 6: 64 })).toBe("203.0.113.9");
  expect(networkOf("unknown", USUAL_NETWORK)).toBe("unknown");
});
