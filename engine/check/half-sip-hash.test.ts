import { expect, test } from "vitest";
import { halfSipHash } from "./half-sip-hash.ts";

/** The vectors of the reference implementation with an even length: byte `n` of the key and of the text is `n`. */
const VECTORS = [
  0x5b9f35a9, 0x03a662fa, 0x89466e2a, 0x23fc6358, 0x8f84b8d0, 0x3479b094, 0x2f87f057, 0x7cf8ffd6,
];

test("the hash is HalfSipHash-2-4 of the text's UTF-16", () => {
  const units = VECTORS.map((_, at) => 2 * at + ((2 * at + 1) << 8));
  const hashes = VECTORS.map((_, length) =>
    halfSipHash([0x03020100, 0x07060504], String.fromCharCode(...units.slice(0, length))),
  );
  expect(hashes).toEqual(VECTORS);
});
