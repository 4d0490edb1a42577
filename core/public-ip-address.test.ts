import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicIpAddress } from "./public-ip-address.ts";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "192.168.0.1",
  "172.31.255.255",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "fe80::1",
  "fd00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b::10.0.0.7",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b:1::808:808",
  "64:ff9b::1:808:808",
  "2002:7f00:1::1",
  "2001::1",
  "2001:db8::1",
  "localhost",
  "127.1",
  "2130706433",
  "",
])("%s is not public", (text) => expect(isPublicIpAddress(text)).toBe(false));

test.each([
  "8.8.8.8",
  "1.1.1.1",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700::1111",
  "2a00:1450::1",
  "64:ff9b::808:808",
])("%s is public", (text) => expect(isPublicIpAddress(text)).toBe(true));

test("an IPv4-mapped IPv6 address has the result of its IPv4 address", () => {
  fc.assert(
    fc.property(fc.ipV4(), (ip) => {
      expect(isPublicIpAddress(`::ffff:${ip}`)).toBe(isPublicIpAddress(ip));
      expect(isPublicIpAddress(`::${ip}`)).toBe(false);
    }),
  );
});
