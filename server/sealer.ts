import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Sealer } from "#domain/context.ts";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts `text` (AES-256-GCM) so that only the holder of `token` can read it. `context` is authenticated with it.
 */
export function seal(text: string, token: string, context: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(token, context), iv);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Decrypts what `seal` returned. Throws if the token or context differs, or if a byte was changed. */
export function unseal(sealed: string, token: string, context: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFrom(token, context), bytes.subarray(0, IV_BYTES));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

/** Seals with a secret of this deployment. */
export function sealerWith(secret: string): Sealer {
  return {
    seal: (text, context) => seal(text, secret, context),
    unseal: (sealed, context) => unseal(sealed, secret, context),
  };
}

/** A token has 178 random bits, which can't be guessed, so HKDF (RFC 5869) is enough. */
function keyFrom(token: string, context: string): Buffer {
  return Buffer.from(hkdfSync("sha256", token, context, "latchkey idempotency 1", 32));
}
