import { verify } from "node:crypto";
import { z } from "zod";

const KEPT_MS = 3_600_000;
/** An unknown id is a reason to ask again, but not for anybody who makes ids up; nor is a source that is away. */
const AGAIN_AFTER_MS = 60_000;
/** While the source is away, its keys are good for so long after they were last seen there. */
const STALE_MOST_MS = 7 * 86_400_000;
const TIMEOUT_MS = 5_000;
const BYTES_MOST = 256 * 1024;

const answerSchema = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })),
});

interface GithubKeysOptions {
  url: string;
  now?: () => number;
  /** Tests bring their own. */
  fetchText?: (url: string) => Promise<string>;
}

/** The keys can't be had: nothing can be said of a signature now. */
export class KeysAway extends Error {
  override readonly name = "KeysAway";
}

/** GitHub's public keys for secret scanning, fetched when needed and kept for an hour, or a week while GitHub is away. */
export class GithubKeys {
  readonly #options: Required<GithubKeysOptions>;
  #keys = new Map<string, string>();
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | null = null;
  /** Why the last try failed; null when it did not. */
  #failure: unknown = null;

  constructor({ url, now = Date.now, fetchText = fetchLimited }: GithubKeysOptions) {
    this.#options = { url, now, fetchText };
  }

  /** Whether GitHub signed the body (ECDSA over P-256 with SHA-256). Throws `KeysAway` when no key can be had. */
  async signed(body: Uint8Array, keyId: string, signature: string): Promise<boolean> {
    const pem = await this.#find(keyId);
    if (pem === null) return false;
    try {
      return verify("sha256", body, pem, Buffer.from(signature, "base64"));
    } catch {
      // No key, or no signature: then it was not signed.
      return false;
    }
  }

  async #find(keyId: string): Promise<string | null> {
    const { now } = this.#options;
    const known = (keptMs: number) => (now() - this.#fetchedAt < keptMs ? this.#keys.get(keyId) : undefined);
    const fresh = known(KEPT_MS);
    if (fresh !== undefined) return fresh;
    // Anybody may bring us here: all wait for one try, and it is not made again at once.
    if (this.#fetching === null && now() - this.#triedAt >= AGAIN_AFTER_MS) {
      this.#fetching = this.#fetch().finally(() => {
        this.#fetching = null;
      });
    }
    await this.#fetching;
    const found = known(STALE_MOST_MS);
    if (found !== undefined) return found;
    if (this.#failure !== null) {
      throw new KeysAway("GitHub's keys can't be fetched", { cause: this.#failure });
    }
    return null;
  }

  async #fetch(): Promise<void> {
    this.#triedAt = this.#options.now();
    try {
      const answer = answerSchema.parse(JSON.parse(await this.#options.fetchText(this.#options.url)));
      this.#keys = new Map(answer.public_keys.map(({ key_identifier, key }) => [key_identifier, key]));
      this.#fetchedAt = this.#options.now();
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
    }
  }
}

async function fetchLimited(url: string): Promise<string> {
  const response = await fetch(url, {
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { Accept: "application/json", "User-Agent": "Latchkey" },
  });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > BYTES_MOST) throw new Error("answered too much");
  }
  return text;
}
