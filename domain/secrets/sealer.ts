import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Sealer } from "../context.ts";

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

/** Seals with the current secret of this deployment, and also opens what one of `accepted` sealed. */
export function sealerWith(current: string, accepted: readonly string[] = []): Sealer {
  const open = (sealed: string, context: string): { text: string; secret: string } => {
    for (const secret of [current, ...accepted]) {
      try {
        return { text: unseal(sealed, secret, context), secret };
      } catch {
        // Sealed with another secret, or changed.
      }
    }
    throw new Error("no accepted secret opens this");
  };
  return {
    seal: (text, context) => seal(text, current, context),
    unseal: (sealed, context) => open(sealed, context).text,
    reseal(sealed, context) {
      const { text, secret } = open(sealed, context);
      return secret === current ? null : seal(text, current, context);
    },
  };
}

/** A token has 178 random bits, which can't be guessed, so HKDF (RFC 5869) is enough. */
function keyFrom(token: string, context: string): Buffer {
  return Buffer.from(hkdfSync("sha256", token, context, "latchkey idempotency 1", 32));
}
