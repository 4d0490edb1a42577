import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { HashAlgorithm } from "#core/token-shape.ts";
import type { ImportedHash } from "#domain/keys/import/schema.ts";

/** The secret of the HMACs, as in the settings. */
export const HMAC_SECRET = "pepper of the former system";
/** The shape of the tokens. */
export const OLD_SHAPE = { prefix: "old_", minLength: 36, maxLength: 36 };

/** A token and its hash by a tool that is not ours: see `vectors/make-imported-hashes.py`. */
export interface HashedToken {
  token: string;
  hash: ImportedHash;
}

/** The first `count` tokens of an algorithm, of which there are a thousand. */
export function hashedTokens(algorithm: HashAlgorithm, count: number): HashedToken[] {
  const packed = readFileSync(new URL("./vectors/imported-hashes.json.gz", import.meta.url));
  const vectors = JSON.parse(gunzipSync(packed).toString()) as Record<HashAlgorithm, string[]>;
  return vectors[algorithm].slice(0, count).map((value, index) => {
    const token = `old_${hash("sha256", `${algorithm} ${index}`).slice(0, 32)}`;
    const isText = value.startsWith("$");
    return {
      token,
      hash: { algorithm, value, ...(isText ? { lookup: token.slice(0, 16) } : { encoding: "hex" as const }) },
    };
  });
}
