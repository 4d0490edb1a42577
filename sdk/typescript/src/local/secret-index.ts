import { hash } from "node:crypto";

/** A secret of which something is known. */
interface Indexed<Known> {
  /** SHA-256 of the secret, in hex. */
  hash: string;
  /** The same, one byte a character. */
  digest: string;
  known: Known;
  /** Epoch ms. */
  usedAt: number;
}

/** Longer texts are no secrets of Latchkey. */
const MAX_LENGTH = 54;

/**
 * Finds what is known about a secret by its SHA-256, by a number: a look-up by a text that was just created first reads
 * it to hash it. Another cache decides what stays known, and calls `delete`. Nothing of the secret itself is kept.
 */
export class SecretIndex<Known> {
  /** By the first 32 bits of the SHA-256. Of two secrets that share them, only the last is found. */
  readonly #entries = new Map<number, Indexed<Known>>();

  get size(): number {
    return this.#entries.size;
  }

  /** What was added for exactly this secret. */
  find(secret: string): Indexed<Known> | undefined {
    if (secret.length > MAX_LENGTH) return undefined;
    const digest = hash("sha256", secret, "binary");
    const entry = this.#entries.get(startOf(digest));
    return entry?.digest === digest ? entry : undefined;
  }

  /** Adds the secret with this SHA-256, in hex. */
  add(hash: string, known: Known, usedAt: number): void {
    const digest = Buffer.from(hash, "hex").toString("latin1");
    this.#entries.set(startOf(digest), { hash, digest, known, usedAt });
  }

  delete(hash: string): void {
    const start = Number.parseInt(hash.slice(0, 8), 16) | 0;
    if (this.#entries.get(start)?.hash === hash) this.#entries.delete(start);
  }
}

/** The first 32 bits of a digest. */
function startOf(digest: string): number {
  return (
    (digest.charCodeAt(0) << 24) |
    (digest.charCodeAt(1) << 16) |
    (digest.charCodeAt(2) << 8) |
    digest.charCodeAt(3)
  );
}
