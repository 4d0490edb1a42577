import { expect, test } from "vitest";
import { decodeUri } from "./decode-uri.ts";

test.each([
  ["a%20b%2F", "a b/"],
  ["plain", "plain"],
  ["%", null],
  ["%ff", null],
  ["%e2%82", null],
])("%s is decoded to %s", (text, decoded) => expect(decodeUri(text)).toBe(decoded));
