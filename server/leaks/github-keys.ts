import { verify } from "node:crypto";
import { z } from "zod";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { fetchJson } from "#platform/http/fetch-limited.ts";

const KEPT_MS = HOUR_MS;
/**
 * An unknown key id triggers a fetch, but clients can invent ids, and the source can be down: fetches are throttled.
 */
const AGAIN_AFTER_MS = 60_000;
/** While the source is down, its keys stay valid for this long. */
const MAX_STALE_MS = 7 * DAY_MS;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

const answerSchema = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })),
});

interface GithubKeysOptions {
  url: string;
  now?: () => number;
  /** Replaced in tests. */
  fetchKeys?: (url: string) => Promise<unknown>;
}

/** The keys are unavailable, so a signature can't be verified. */
export class GithubKeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

/**
 * GitHub's public keys for secret scanning, fetched on demand and cached for an hour, or for a week while GitHub is
 * down.
 */
export class GithubKeys {
  readonly #options: Required<GithubKeysOptions>;
  #keys = new Map<string, string>();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | null = null;
  /** Why the last fetch failed; null if it succeeded. */
  #failure: unknown = null;

  constructor({ url, now = Date.now, fetchKeys = fetchGithubKeys }: GithubKeysOptions) {
    this.#options = { url, now, fetchKeys };
  }

  /** Whether GitHub signed the body (ECDSA over P-256 with SHA-256). Throws `GithubKeysUnavailable` if no key is available. */
  async signed(body: Uint8Array, keyId: string, signature: string): Promise<boolean> {
    const pem = await this.#find(keyId);
    if (pem === null) return false;
    try {
      return verify("sha256", body, pem, Buffer.from(signature, "base64"));
    } catch {
      // An invalid key or signature: not signed by GitHub.
      return false;
    }
  }

  async #find(keyId: string): Promise<string | null> {
    const { now } = this.#options;
    const known = (keptMs: number) => (now() - this.#fetchedAt < keptMs ? this.#keys.get(keyId) : undefined);
    const fresh = known(KEPT_MS);
    if (fresh !== undefined) return fresh;
    // Anyone can trigger this: concurrent calls share one fetch, and it is not repeated immediately.
    if (this.#fetching === null && now() - this.#triedAt >= AGAIN_AFTER_MS) {
      this.#fetching = this.#fetch().finally(() => {
        this.#fetching = null;
      });
    }
    await this.#fetching;
    const found = known(MAX_STALE_MS);
    if (found !== undefined) return found;
    if (this.#failure !== null) {
      throw new GithubKeysUnavailable("could not fetch GitHub's keys", { cause: this.#failure });
    }
    return null;
  }

  async #fetch(): Promise<void> {
    this.#triedAt = this.#options.now();
    try {
      const answer = answerSchema.parse(await this.#options.fetchKeys(this.#options.url));
      this.#keys = new Map(answer.public_keys.map(({ key_identifier, key }) => [key_identifier, key]));
      this.#fetchedAt = this.#options.now();
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
    }
  }
}

const fetchGithubKeys = (url: string) =>
  fetchJson(url, {
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    headers: { Accept: "application/json", "User-Agent": "Latchkey" },
  });
