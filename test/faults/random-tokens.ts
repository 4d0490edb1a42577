import type { LoadGenerator } from "./load-generator.ts";
import type { ModelCheck, ModelSecret } from "./model.ts";
import type { OwnedKey, ProductAndModel } from "./product-and-model.ts";
import { ADDRESSES, APIS, PAGES } from "./rules.ts";
import type { Choose } from "./settings.ts";

/** The life of an access token in this run. */
const LIFETIME_MS = 300_000;
const MAX_TOKENS = 12;
const ENGINES = [0, 1];

/** An access token and what the model knows of it. */
interface ModelToken {
  token: string;
  owner: OwnedKey;
  secret: ModelSecret;
  expiresAtMs: number;
  /** It was revoked, or its secret was ended: it stays denied. */
  isDenied: boolean;
  /**
   * The key, the project or the secret has ended since, perhaps for a moment only. Whether the token is accepted when it
   * works again depends on what verifiers noticed.
   */
  mayBeDenied: boolean;
}

/** Issues access tokens, revokes them, and compares what a service accepts with the model. */
export class RandomTokens {
  readonly #both: ProductAndModel;
  readonly #load: LoadGenerator;
  readonly #pick: Choose;
  readonly #tokens: ModelToken[] = [];

  constructor(both: ProductAndModel, load: LoadGenerator, pick: Choose) {
    this.#both = both;
    this.#load = load;
    this.#pick = pick;
    both.afterChange = () => this.#note();
  }

  async issue(): Promise<void> {
    const owner = this.#pick(this.#both.keys);
    // An imported one may be compared slowly, which other steps check.
    const secrets = owner.model.secrets.filter(({ token }) => token.startsWith("lk_"));
    if (secrets.length === 0) return;
    const secret = this.#pick(secrets);
    const check: ModelCheck = {
      api: this.#pick(APIS),
      operation: undefined,
      neededScopes: undefined,
      requiredScopes: this.#pick([undefined, undefined, ["all:read"]]),
      clientIp: this.#pick(ADDRESSES),
      referrer: this.#pick(PAGES),
      app: undefined,
      cost: 1,
    };
    const token = await this.#load.issue({ which: this.#pick(ENGINES), key: owner.model, secret, check });
    if (token === null) return;
    const ends = [owner.model.expiresAtMs, secret.lapsesAtMs].filter((at) => at !== null);
    const expiresAtMs = Math.floor(Math.min(this.#both.clock.now() + LIFETIME_MS, ...ends) / 1_000) * 1_000;
    if (this.#tokens.length >= MAX_TOKENS) this.#tokens.shift();
    this.#tokens.push({ token, owner, secret, expiresAtMs, isDenied: false, mayBeDenied: false });
  }

  async revoke(): Promise<void> {
    // Most tokens have expired when a step comes to them.
    for (let tries = 0; tries < 4 && this.#living.length === 0; tries++) await this.issue();
    const living = this.#living;
    const among = living.length > 0 ? living : this.#tokens;
    if (among.length === 0) return;
    const one = this.#pick(among);
    await this.#verify(one);
    const which = this.#pick(ENGINES);
    await this.#both.change(`revoke a token of ${one.owner.model.id} at ${which}`, () =>
      this.#both.product.revokeToken(which, one.token),
    );
    // An expired one is not stored as revoked.
    one.isDenied = true;
    await this.#verify(one);
  }

  async verify(): Promise<void> {
    if (this.#tokens.length > 0) await this.#verify(this.#pick(this.#tokens));
  }

  /** At a service that follows the revocations. */
  async #verify(one: ModelToken): Promise<void> {
    await this.#load.verifyToken(one.owner.model.id, one.token, this.#allowed(one));
  }

  get #living(): ModelToken[] {
    const now = this.#both.clock.now();
    return this.#tokens.filter(({ isDenied, expiresAtMs }) => !isDenied && expiresAtMs > now);
  }

  #allowed({ owner, expiresAtMs, isDenied, mayBeDenied }: ModelToken): string[] {
    // Later its signing key is not published anymore.
    if (this.#both.clock.now() >= expiresAtMs) return ["TOKEN_EXPIRED", "TOKEN_INVALID"];
    if (isDenied || isEnded(owner)) return ["TOKEN_REVOKED"];
    return mayBeDenied ? ["TOKEN_VALID", "TOKEN_REVOKED"] : ["TOKEN_VALID"];
  }

  #note(): void {
    const now = this.#both.clock.now();
    for (const one of this.#tokens) {
      const { owner, secret } = one;
      const { expiresAtMs } = owner.model;
      one.mayBeDenied ||=
        isEnded(owner) ||
        (expiresAtMs !== null && expiresAtMs <= now) ||
        (secret.lapsesAtMs !== null && secret.lapsesAtMs <= now);
    }
  }
}

/** What denies all tokens of a key at once, for as long as it lasts. */
function isEnded({ model, project }: OwnedKey): boolean {
  return model.isRevoked || !model.enabled || project.model.suspended;
}
