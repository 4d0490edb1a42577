import { scryptSync, timingSafeEqual } from "node:crypto";
import { verifySync as verifyArgon2 } from "@node-rs/argon2";
import { verifySync as verifyBcrypt } from "@node-rs/bcrypt";
import { MAX_BCRYPT_BYTES, readScrypt, type SlowAlgorithm } from "#core/imported-hash.ts";

/** Whether a slow hash is that of the token. Blocks its thread for up to a second. Throws for a malformed hash. */
export function compareSlowly(algorithm: SlowAlgorithm, value: string, token: string): boolean {
  switch (algorithm) {
    case "bcrypt":
      return Buffer.byteLength(token) <= MAX_BCRYPT_BYTES && verifyBcrypt(token, value);
    case "argon2id":
      return verifyArgon2(value, token);
    case "scrypt": {
      const parameters = readScrypt(value);
      if (parameters === null) throw new Error("not an scrypt hash");
      const { cost, blockSize, parallelization, salt, key } = parameters;
      const maxmem = 2 * 128 * cost * blockSize + 1_048_576;
      const actual = scryptSync(token, salt, key.length, { cost, blockSize, parallelization, maxmem });
      return timingSafeEqual(actual, key);
    }
  }
}
