import { hashToken, parseSecret } from "#core/tokens.ts";

/** What was sent as a key: the hash of a secret, or why it can be none. */
export type Credential = { hash: string } | { credential: "missing" | "malformed" };

/** `key` is null where none was sent. Junk is told by its shape and checksum, before anything is looked up. */
export function credentialOf(prefix: string, key: string | null): Credential {
  if (key === null) return { credential: "missing" };
  return parseSecret(prefix, key) === null ? { credential: "malformed" } : { hash: hashToken(key) };
}
