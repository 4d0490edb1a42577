import { flawOf, type KeyFlaw } from "#core/key-flaw.ts";
import { hashToken, type Prefixes, parseSecret } from "#core/tokens.ts";

/** What was sent as a key: the hash of a secret, or why it can be none. */
export type Credential =
  | { hash: string }
  | { credential: "missing" }
  | { credential: "malformed"; flaw: KeyFlaw | null };

/** Reads a key as it was sent, without the white space around it. Junk is found by its shape, before any look-up. */
export function credentialOf(prefixes: Prefixes, key: string | null | undefined): Credential {
  const sent = key?.trim();
  if (!sent) return { credential: "missing" };
  if (parseSecret(prefixes, sent) === null) return { credential: "malformed", flaw: flawOf(prefixes, sent) };
  return { hash: hashToken(sent) };
}
