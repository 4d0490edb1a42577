import { expect, test } from "vitest";
import { relyingPartyOf } from "./webauthn.ts";

test.each([
  ["https://keys.example.com", { id: "keys.example.com", origin: "https://keys.example.com" }],
  ["https://keys.example.com:8443/", { id: "keys.example.com", origin: "https://keys.example.com:8443" }],
  ["http://localhost:3000", { id: "localhost", origin: "http://localhost:3000" }],
  ["http://keys.example.com", null],
  ["http://127.0.0.1:3000", null],
  ["https://203.0.113.7", null],
  ["https://[2001:db8::1]", null],
])("passkeys of a portal at %s", (url, expected) => {
  expect(relyingPartyOf(url)).toEqual(expected);
});
