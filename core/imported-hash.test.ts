import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import {
  digestOf,
  fingerprintOf,
  pendingDigest,
  pendingDigestsOf,
  readHmacSecret,
  slowHashError,
} from "./imported-hash.ts";

const BCRYPT = "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
const ARGON2 = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21l$RdescudvJCsgt3ub+b7dWRWJTmaaJObGAAAAAAAAAAA";
const SCRYPT = "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E";

test("a digest is read in every encoding, with and without padding", () => {
  const bytes = createHash("sha256").update("token").digest();
  const hex = bytes.toString("hex");
  for (const value of [hex, hex.toUpperCase()]) expect(digestOf("sha256", "hex", value)).toBe(hex);
  const base64 = bytes.toString("base64");
  for (const value of [base64, base64.replace("=", "")])
    expect(digestOf("sha256", "base64", value)).toBe(hex);
  expect(digestOf("sha256", "base64url", bytes.toString("base64url"))).toBe(hex);
});

test.each([
  ["sha256", "hex", "ab".repeat(31)],
  ["sha256", "hex", `${"ab".repeat(31)}zz`],
  ["sha256", "hex", "ab".repeat(64)],
  ["sha512", "hex", "ab".repeat(32)],
  ["sha256", "base64", "ab".repeat(32)],
  ["sha256", "base64", `${"A".repeat(42)}B=`],
  ["sha256", "base64url", `${"A".repeat(20)}!${"A".repeat(22)}`],
  ["hmac-sha256", "hex", ""],
] as const)("what is not a hash is rejected: %s in %s, %s", (algorithm, encoding, value) => {
  expect(digestOf(algorithm, encoding, value)).toBeNull();
});

test("hashes in their usual text format are accepted", () => {
  expect(slowHashError("bcrypt", BCRYPT)).toBeNull();
  expect(slowHashError("bcrypt", BCRYPT.replace("$2b$", "$2y$"))).toBeNull();
  expect(slowHashError("argon2id", ARGON2)).toBeNull();
  expect(slowHashError("scrypt", SCRYPT)).toBeNull();
});

test.each([
  ["bcrypt", BCRYPT.slice(0, -1)],
  ["bcrypt", `${BCRYPT}x`],
  // Bits that no encoder sets, which a decoder rejects.
  ["bcrypt", `${BCRYPT.slice(0, -1)}z`],
  ["bcrypt", BCRYPT.replace("$10$", "$31$")],
  ["bcrypt", BCRYPT.replace("$10$", "$03$")],
  ["bcrypt", BCRYPT.replace("$2b$", "$2x$")],
  ["bcrypt", ARGON2],
  ["argon2id", ARGON2.replace("argon2id", "argon2i")],
  ["argon2id", ARGON2.replace("m=65536", "m=4194304")],
  ["argon2id", ARGON2.replace("m=65536,t=3", "m=262144,t=5")],
  ["argon2id", ARGON2.replace("p=4", "p=99")],
  ["argon2id", ARGON2.replace("m=65536", "m=0")],
  ["argon2id", ARGON2.replace("v=19", "v=16")],
  ["argon2id", ARGON2.slice(0, -2)],
  ["scrypt", SCRYPT.replace("ln=16,r=8,p=1", "ln=1,r=8,p=16")],
  ["scrypt", SCRYPT.replace("ln=16", "ln=40")],
  ["scrypt", SCRYPT.replace("r=8", "r=0")],
  ["scrypt", SCRYPT.replace("ln=16,r=8,p=1", "ln=20,r=8,p=1")],
  ["scrypt", "$scrypt$ln=4,r=8,p=1$AAAA$AAAA"],
  ["scrypt", ""],
] as const)("a hash that is malformed, or would cost too much, is rejected: %s %s", (algorithm, value) => {
  expect(slowHashError(algorithm, value)).not.toBeNull();
});

test("what finds a token before its first use follows from the token alone", () => {
  const token = "old_0123456789abcdef";
  const secret = readHmacSecret("hex:00ff00ff00ff00ff");
  const sha512 = createHash("sha512").update(token).digest("hex");
  const hmac = createHmac("sha256", Buffer.from("00ff00ff00ff00ff", "hex")).update(token).digest("hex");
  expect(pendingDigestsOf(token, ["sha512", "hmac-sha256", 8, 12], [secret])).toEqual([
    { digest: pendingDigest("sha512", sha512, ""), slow: false },
    { digest: pendingDigest("hmac-sha256", hmac, ""), slow: false },
    { digest: pendingDigest("bcrypt", BCRYPT, "old_0123"), slow: true },
    { digest: pendingDigest("scrypt", SCRYPT, "old_01234567"), slow: true },
  ]);
  expect(pendingDigest("sha256", sha512, "")).toBeNull();
});

test("the first characters of a token are stored hashed, and so is the fingerprint of a slow hash", () => {
  expect(pendingDigest("bcrypt", BCRYPT, "old_0123")).not.toContain("0123");
  expect(fingerprintOf("bcrypt", BCRYPT)).not.toContain(BCRYPT.slice(-31));
});

test("an HMAC secret is text, or bytes in hex or base64", () => {
  const bytes = Buffer.from("a secret of bytes");
  for (const text of [
    "a secret of bytes",
    `hex:${bytes.toString("hex")}`,
    `base64:${bytes.toString("base64")}`,
  ])
    expect(readHmacSecret(text)).toEqual(bytes);
});
